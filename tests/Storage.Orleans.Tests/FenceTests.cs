using LiveComments.Testing;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>Two owners of one video, for as long as the test runs, on PostgreSQL: every comment that either took is in the log once.</summary>
[Trait("Needs", "postgresql")]
public sealed class FenceTests(PostgresSiloStorage silo) : IClassFixture<PostgresSiloStorage>
{
    private const int Owners = 2;
    private const int AppendsEach = 150;

    [Fact]
    public async Task Owners_that_race_for_every_append_lose_and_double_nothing()
    {
        var video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");
        var acknowledged = (await Task.WhenAll(Enumerable.Range(0, Owners).Select(owner => AppendAsync(video, owner))).InTime())
            .SelectMany(comments => comments).ToList();

        using var store = Open();
        var log = await store.ReadBeforeAsync(video, CommentId.Max, int.MaxValue).InTime();
        Assert.Equal(Owners * AppendsEach, log.Count);
        Assert.Equal(log, log.OrderByDescending(comment => comment.Id.Value));
        Assert.Equal(log.OrderBy(comment => comment.Id.Value), acknowledged.OrderBy(comment => comment.Id.Value));
        Assert.Distinct(log.Select(comment => comment.Message));
    }

    private async Task<List<Comment>> AppendAsync(LiveVideoId video, int owner)
    {
        using var store = Open();
        var (acknowledged, last) = (new List<Comment>(), CommentId.None);
        while (acknowledged.Count < AppendsEach)
        {
            // Both take the same ids on purpose; what they say tells them apart.
            var comment = new Comment(new(last.Value + 1), video, "Ada", $"{owner}: {acknowledged.Count}");
            if (await store.AppendAsync(video, last, [new(comment, null)]) == AppendResult.Appended)
            {
                acknowledged.Add(comment);
                last = comment.Id;
            }
            else
            {
                last = (await store.ReadTailAsync(video, CommentId.Max)).Last;
            }
        }

        return acknowledged;
    }

    private OrleansCommentStore Open() => new(silo.Storage, new() { SegmentBytes = 1_024 });
}
