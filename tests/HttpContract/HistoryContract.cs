using System.Net;
using System.Net.Mime;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Pages of the history: newest first, none skipped or repeated however many comments arrive meanwhile.</summary>
public abstract class HistoryContract(ContractTarget target) : ContractTests(target)
{
    [Fact]
    public async Task A_live_video_without_comments_has_an_empty_history()
    {
        using var answer = await Client.Reads.GetAsync($"/comments/{Video}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(MediaTypeNames.Application.Json, answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("""{"comments":[],"nextCursor":null,"asOf":"0"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_page_holds_the_newest_50_first()
    {
        var posted = await Client.PostManyAsync(Video, 60);

        var page = await Client.PageAsync(Video);

        Assert.Equal(posted.Reverse().Take(50), page.Comments);
        var last = await Client.PageAsync(Video, $"?cursor={page.NextCursor}");
        Assert.Equal(posted.Reverse().Skip(50), last.Comments);
        Assert.Null(last.NextCursor);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_page_holds_as_many_as_its_limit(int limit)
    {
        var posted = await Client.PostManyAsync(Video, limit + 1);

        var page = await Client.PageAsync(Video, $"?limit={limit}");

        Assert.Equal(posted.Reverse().Take(limit), page.Comments);
        Assert.NotNull(page.NextCursor);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(3, 9)]
    [InlineData(3, 10)]
    [InlineData(3, 2)]
    public async Task The_last_page_has_comments_and_no_cursor(int limit, int count)
    {
        var posted = await Client.PostManyAsync(Video, count);

        var pages = await PagesAsync(limit);

        Assert.Equal(posted.Reverse(), pages.SelectMany(page => page.Comments));
        Assert.Equal((count + limit - 1) / limit, pages.Count);
    }

    [Fact]
    public async Task The_id_of_a_comment_is_the_cursor_of_what_came_before_it()
    {
        var posted = await Client.PostManyAsync(Video, 10);

        var page = await Client.PageAsync(Video, $"?cursor={posted[6].Id}&limit=4");

        Assert.Equal(posted.Take(6).Reverse().Take(4), page.Comments);
        Assert.Empty((await Client.PageAsync(Video, $"?cursor={posted[0].Id}")).Comments);
    }

    [Fact]
    public async Task Pages_skip_and_repeat_nothing_while_comments_arrive()
    {
        await Client.PostManyAsync(Video, 200);
        var arriving = new Tally();
        var walk = WalkAsync();

        while (!walk.IsCompleted)
        {
            await Client.PostAsync(Video, "Meanwhile");
            arriving.Increment();
        }

        var read = await walk;
        var history = await Client.HistoryAsync(Video);
        Assert.Equal(200 + arriving.Count, history.Count);
        Assert.Equal(history.Where(comment => comment.Number <= read[0].Number).Reverse(), read);

        async Task<List<PostedComment>> WalkAsync()
        {
            var comments = new List<PostedComment>();
            var pages = 0;
            await foreach (var page in Client.PagesAsync(Video, limit: 7))
            {
                comments.AddRange(page.Comments);
                await arriving.ReachesAsync(++pages);
            }

            return comments;
        }
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("cursor=garbage")]
    [InlineData("cursor=-1")]
    [InlineData("cursor=1.5")]
    [InlineData("cursor=0x10")]
    [InlineData("cursor=9223372036854775808")]
    [InlineData("cursor=1234567890123456789012345678901234567890")]
    public async Task A_bad_query_is_refused(string query) =>
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.Reads.GetAsync($"/comments/{Video}?{query}"));

    private async Task<List<PostedPage>> PagesAsync(int limit)
    {
        var pages = new List<PostedPage>();
        await foreach (var page in Client.PagesAsync(Video, limit))
            pages.Add(page);
        return pages;
    }
}
