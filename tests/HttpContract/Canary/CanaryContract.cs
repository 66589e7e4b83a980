using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LiveComments.HttpContract.Client;
using Xunit.Abstractions;

namespace LiveComments.HttpContract.Canary;

/// <summary>
/// Comments whose texts are found nowhere a second after they were removed: at no node and no edge, in no page and no stream, nor in the
/// store; while a crowd reads, joins and resumes, and nodes are killed. The environment variable <c>LIVECOMMENTS_CANARY_ROUNDS</c> sets how
/// many rounds, <c>LIVECOMMENTS_CANARY_KILL_EVERY</c> after how many there is one with a kill, and <c>LIVECOMMENTS_CANARY_SEED</c> repeats
/// the choices of an earlier run.
/// </summary>
public abstract class CanaryContract(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Readers = 6;
    private const int ActionsOfARound = 12;

    private static readonly int? Rounds = FromEnvironment("LIVECOMMENTS_CANARY_ROUNDS");
    private static readonly int KillEvery = FromEnvironment("LIVECOMMENTS_CANARY_KILL_EVERY") ?? 3;
    private static readonly int Seed = FromEnvironment("LIVECOMMENTS_CANARY_SEED") ?? Random.Shared.Next();

    private readonly List<PostedComment> _posted = [];
    private readonly Lock _gate = new();
    private readonly string _video = CommentsClient.NewVideo();
    private int _turn;

    /// <summary>How long after the acknowledgement a text may still come from a node.</summary>
    protected static TimeSpan Bound { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The settings of all nodes: those of the contract, and so short a replay that some who come back find a gap.</summary>
    protected static IReadOnlyList<string> Settings { get; } = [.. ContractTarget.Settings, "--Streaming:Replay=30"];

    /// <summary>For figures that a test finds out.</summary>
    protected ITestOutputHelper Output { get; } = output;

    /// <summary>For what is chosen at random in the course of the test. It is used by one at a time.</summary>
    protected Random Choices { get; } = new(Seed);

    /// <summary>The texts: others in each test, since two tests may share a store.</summary>
    protected CanaryTexts Texts { get; } = new(new());

    /// <summary>Where the crowd is.</summary>
    protected abstract IReadOnlyList<CanaryPlace> Places { get; }

    /// <summary>How many rounds there are unless the environment says so.</summary>
    protected abstract int DefaultRounds { get; }

    /// <inheritdoc/>
    public abstract Task InitializeAsync();

    /// <inheritdoc/>
    public virtual Task DisposeAsync()
    {
        foreach (var place in Places) place.Client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task A_second_after_its_removal_a_text_is_nowhere_and_every_screen_is_what_is_left() => PlayAsync(Rounds ?? DefaultRounds);

    [Fact]
    public async Task Under_a_delay_that_is_so_too_and_nobody_is_shown_a_text_before_its_time()
    {
        // Longer than a text may be found after its removal: so one that was removed before its time is found if it is shown then.
        Texts.Delay = TimeSpan.FromSeconds(2);
        var moderator = ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");
        using var answer = await Places[0].Client.SendAsync(
            HttpMethod.Patch, $"/comments/{_video}/settings", moderator, """{"delaySeconds":2}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // One kill.
        await PlayAsync(Rounds ?? KillEvery);
    }

    private async Task PlayAsync(int rounds)
    {
        Output.WriteLine($"LIVECOMMENTS_CANARY_SEED={Seed}");
        var begun = Stopwatch.GetTimestamp();
        var screens = Places.Select(place => new HttpScreen(place, _video, Texts)).ToList();
        using var stop = new CancellationTokenSource();
        var reading = Enumerable.Range(0, Readers).Select(i => ReadUntilStoppedAsync(new(Seed + i), stop.Token)).ToList();
        try
        {
            for (var round = 1; round <= rounds; round++) await PlayAsync(round, screens);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(reading);
            foreach (var screen in screens) await screen.DisposeAsync();
        }

        Output.WriteLine(
            $"{rounds} rounds in {Stopwatch.GetElapsedTime(begun):mm\\:ss}, {rounds / KillEvery} kills, {_posted.Count} comments, "
            + $"{Texts.Removed} of them removed, {Texts.Looks:N0} texts looked at.");
        // In the message, since of a run elsewhere one sees no more.
        Assert.True(Texts.Faults.Count == 0, string.Join('\n', Texts.Faults.Take(20)));
        Assert.InRange(Texts.Removed, rounds, int.MaxValue);
    }

    /// <summary>Kills a node with SIGKILL while a removal is under way. It is back at the latest when the round ends.</summary>
    protected abstract Task KillAsync(int round);

    /// <summary>Lets a node come back that was killed in this round.</summary>
    protected virtual Task ReviveAsync() => Task.CompletedTask;

    /// <summary>Looks into the store after a round; <paramref name="left"/> was not removed.</summary>
    protected abstract Task CheckStoreAsync(int round, string left);

    private async Task PlayAsync(int round, List<HttpScreen> screens)
    {
        var guests = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Places[0].Client.BecomeGuestAsync()));
        var killAt = round % KillEvery == 0 ? Choices.Next(ActionsOfARound) : -1;
        for (var action = 0; action < ActionsOfARound; action++)
        {
            for (var i = Choices.Next(1, 6); i > 0; i--) await PostAsync(guests[Choices.Next(guests.Length)].Token);
            var removing = RemoveAsync(guests[Choices.Next(guests.Length)].AuthorId);
            if (action == killAt) await KillAsync(round);
            await removing.InTime();
        }

        if (killAt >= 0) await ReviveAsync();
        var last = await PostAsync(guests[0].Token);
        foreach (var (screen, place) in screens.Zip(Places))
        {
            await screen.ReachesAsync(last);
            var difference = "";
            try
            {
                // What was asked for while a node was killed, and got no answer, may still be done.
                await Patience.UntilAsync(async () =>
                {
                    difference = screen.DifferenceTo(await Places[0].Client.HistoryAsync(_video));
                    return difference.Length == 0;
                });
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Round {round}: the screen at {place.Name} {difference}.");
            }
        }

        var left = await Places[0].Client.HistoryAsync(_video);
        await CheckStoreAsync(round, left[^1].Message);
    }

    private async Task<PostedComment> PostAsync(string guest)
    {
        var body = Texts.Next();
        PostedComment? comment = null;
        await Patience.UntilAsync(() => AcknowledgesAsync(async client =>
        {
            using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", body), key: body, token: guest);
            if (answer.IsSuccessStatusCode) comment = PostedComment.Parse(await answer.Content.ReadAsStringAsync());
            return answer.StatusCode;
        }));
        lock (_gate) _posted.Add(comment!);
        return comment!;
    }

    /// <summary>Removes one, some or all comments; whose removal is acknowledged is looked for from then on.</summary>
    private async Task RemoveAsync(string authorId)
    {
        List<PostedComment> there;
        lock (_gate) there = [.. _posted.TakeLast(40)];
        var kind = Choices.Next(20);
        var chosen = there[Choices.Next(there.Count)];
        var (method, path, body) = kind switch
        {
            0 => (HttpMethod.Post, "removals", """{"all":true}"""),
            < 4 => (HttpMethod.Post, "removals", $$"""{"authorId":"{{authorId}}"}"""),
            < 6 => (HttpMethod.Put, $"bans/{authorId}", """{"until":"PT1S","removeSince":"PT1H"}"""),
            _ => (HttpMethod.Delete, chosen.Id, null),
        };
        var moderator = ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");
        await Patience.UntilAsync(() => AcknowledgesAsync(async client =>
        {
            using var answer = await client.SendAsync(method, $"/comments/{_video}/{path}", moderator, body);
            return answer.StatusCode;
        }));
        lock (_gate)
        {
            foreach (var comment in kind == 0 ? _posted : kind < 6 ? _posted.Where(comment => comment.AuthorId == authorId) : [chosen])
                Texts.Remove(comment.Message);
        }
    }

    /// <summary>Whether the next of the places acknowledges something. If not, a node was killed just now, or somebody is banned.</summary>
    private async Task<bool> AcknowledgesAsync(Func<CommentsClient, Task<HttpStatusCode>> send)
    {
        try
        {
            var status = await send(Places[Interlocked.Increment(ref _turn) % Places.Count].Client);
            if (status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent) return true;
            Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable, $"{status}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // The node is down. It comes back, or the next place serves as well.
        }

        return false;
    }

    private async Task ReadUntilStoppedAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var place = Places[random.Next(Places.Count)];
            string id;
            lock (_gate) id = _posted.Count == 0 ? "1" : _posted[random.Next(_posted.Count)].Id;
            try
            {
                await (random.Next(4) switch
                {
                    0 => GetAsync(place, "?limit=200", stop),
                    1 => GetAsync(place, $"?limit=20&cursor={id}", stop),
                    2 => GetAsync(place, $"/{id}", stop),
                    _ => WatchAsync(place, random.Next(2) == 0 ? id : null, TimeSpan.FromMilliseconds(random.Next(20, 200)), stop),
                });
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // The node is down, or the test is over.
            }
        }
    }

    private async Task GetAsync(CanaryPlace place, string path, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await place.Client.Reads.GetAsync($"/comments/{_video}{path}", stop);
        Texts.Check(await answer.Content.ReadAsStringAsync(stop), begun, place.BoundAt(begun), $"in {path} at {place.Name}");
    }

    /// <summary>Looks at what a stream brings in its first moments.</summary>
    private async Task WatchAsync(CanaryPlace place, string? lastEventId, TimeSpan moments, CancellationToken stop)
    {
        await foreach (var item in CanaryStream.ReadAsync(place, _video, lastEventId, Texts, moments, stop)) _ = item;
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
