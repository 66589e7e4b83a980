using System.Globalization;
using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// How a viewer goes on after the last comment that it saw: with <c>Last-Event-ID</c>, or with <c>after</c> in the query.
/// </summary>
public abstract class ResumeContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_viewer_resumes_right_after_its_comment(bool header)
    {
        var posted = await Client.PostManyAsync(Video, 100);
        using var viewer = await ResumeAsync(posted[9].Id, header);

        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal([.. posted.Skip(10), live], await viewer.TakeAsync(91));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_viewer_that_missed_nothing_gets_live_comments_alone(bool header)
    {
        var posted = await Client.PostManyAsync(Video, 10);
        using var viewer = await ResumeAsync(posted[^1].Id, header);

        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal(live, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task The_header_counts_more_than_the_query()
    {
        var posted = await Client.PostManyAsync(Video, 10);

        using var viewer = await Client.WatchAsync(Video, $"?after={posted[2].Id}", posted[7].Id);

        Assert.Equal(posted.Skip(8), await viewer.TakeAsync(2));
    }

    [Fact]
    public async Task A_resume_has_no_other_backlog()
    {
        var posted = await Client.PostManyAsync(Video, 10);

        using var viewer = await Client.WatchAsync(Video, "?backlog=9", posted[7].Id);

        Assert.Equal(posted.Skip(8), await viewer.TakeAsync(2));
    }

    [Fact]
    public async Task An_id_between_two_comments_is_a_place_to_resume()
    {
        var posted = await Client.PostManyAsync(Video, 10);

        using var viewer = await Client.WatchAsync(Video, lastEventId: Invariant(posted[5].Number - 1));
        using var before = await Client.WatchAsync(Video, lastEventId: Invariant(posted[0].Number - 1));

        Assert.Equal(posted.Skip(5), await viewer.TakeAsync(5));
        Assert.Equal(posted, await before.TakeAsync(10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_an_id_newer_than_the_newest_a_viewer_gets_live_comments_alone(bool farAhead)
    {
        var posted = await Client.PostManyAsync(Video, 10);
        using var viewer = await Client.WatchAsync(Video, lastEventId: Invariant(farAhead ? long.MaxValue : posted[^1].Number + 1));

        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal(live, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task A_viewer_may_resume_before_the_first_comment()
    {
        using var viewer = await Client.WatchAsync(Video, lastEventId: "1");

        var first = await Client.PostAsync(Video);

        Assert.Equal(first, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task A_viewer_that_comes_and_goes_misses_nothing()
    {
        var posting = PostAsync();
        var seen = new List<PostedComment>();

        while (seen.Count < 300)
        {
            using var viewer = await Client.WatchAsync(Video, "?backlog=200", seen.Count == 0 ? null : seen[^1].Id);
            seen.AddRange(await viewer.TakeAsync(Math.Min(7, 300 - seen.Count)));
        }

        Assert.Equal(await posting, seen);

        async Task<IReadOnlyList<PostedComment>> PostAsync()
        {
            await Client.PostAsync(Video, "First");
            await Client.PostManyAsync(Video, 299);
            return await Client.HistoryAsync(Video);
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("1234567890123456789012345678901234567890")]
    public async Task A_bad_id_is_refused(string id)
    {
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.OpenStreamAsync(Video, lastEventId: id));
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.OpenStreamAsync(Video, $"?after={id}"));
    }

    private static string Invariant(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Task<SseViewer> ResumeAsync(string id, bool header) =>
        header ? Client.WatchAsync(Video, lastEventId: id) : Client.WatchAsync(Video, $"?after={id}");
}
