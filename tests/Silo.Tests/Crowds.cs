using System.Diagnostics;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>Crowds at each pair of nodes of a cluster: they post at one, and watch at the next.</summary>
internal sealed class Crowds : IAsyncDisposable
{
    private readonly List<Member> _members = [];

    public static async Task<Crowds> GatherAsync(ProcessCluster cluster, int perNode)
    {
        var crowds = new Crowds();
        for (var i = 0; i < perNode * cluster.Count; i++)
        {
            var (posts, reads) = (i % cluster.Count, (i + 1) % cluster.Count);
            var client = cluster.Client(posts, reads);
            crowds._members.Add(new(posts, reads, client, await Crowd.GatherAsync(client, posters: 1)));
        }

        return crowds;
    }

    /// <summary>Completes when so many more posts of each crowd are acknowledged.</summary>
    public Task AdvanceAsync(int posts) => Task.WhenAll(_members.Select(member => member.AdvanceAsync(posts)));

    /// <summary>The same, for those who are at other nodes.</summary>
    public Task AdvanceWithoutAsync(int node, int posts) => Task.WhenAll(Without(node).Select(member => member.AdvanceAsync(posts)));

    /// <summary>
    /// Completes when a post to each video that is posted and watched at other nodes was acknowledged and seen; gives how long each took.
    /// </summary>
    public async Task<TimeSpan[]> GoOnWithoutAsync(int node, string message)
    {
        var begun = Stopwatch.GetTimestamp();
        return await Task.WhenAll(Without(node).Select(async member =>
        {
            await member.Crowd.GoesOnAsync(member.Client, message);
            return Stopwatch.GetElapsedTime(begun);
        }));
    }

    /// <summary>Reads the history of each video at the node where it is watched, but for one node.</summary>
    public Task ReadWithoutAsync(int node) =>
        Task.WhenAll(Without(node).Select(member => member.Client.HistoryAsync(member.Crowd.Ledger.Video)));

    /// <summary>How many posts got no answer at all, of those made at other nodes.</summary>
    public int UnansweredWithout(int node) => _members.Where(member => member.Posts != node).Sum(member => member.Crowd.Unanswered);

    /// <summary>Ends the posting; see <see cref="Crowd.FinishAsync"/>.</summary>
    public async Task FinishAsync()
    {
        foreach (var member in _members) await member.Crowd.FinishAsync(member.Client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.Crowd.DisposeAsync();
            member.Client.Dispose();
        }
    }

    private IEnumerable<Member> Without(int node) => _members.Where(member => member.Posts != node && member.Reads != node);

    private sealed record Member(int Posts, int Reads, CommentsClient Client, Crowd Crowd)
    {
        public Task AdvanceAsync(int posts) => Crowd.Acknowledged.ReachesAsync(Crowd.Acknowledged.Count + posts);
    }
}
