using System.Globalization;
using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The comments of a stretch of time, for those who watch a recording: all of them, oldest first, none that was removed.</summary>
public abstract class ReplayContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task A_stretch_has_what_was_posted_in_it_and_windows_beside_each_other_have_all()
    {
        var posted = await PostApartAsync(12);

        var all = await ReadAsync(Begin(posted[0]), Begin(posted[^1]).AddMinutes(5));
        Assert.Equal(posted, all.Comments);
        Assert.Null(all.NextCursor);

        var times = posted.Select(Begin).ToList();
        var parts = new List<PostedComment>();
        for (var i = 0; i < times.Count; i += 3)
        {
            var end = i + 3 < times.Count ? times[i + 3] : times[^1].AddSeconds(1);
            var window = await ReadAsync(times[i], end);
            Assert.Equal(posted.Skip(i).Take(3), window.Comments);
            // What follows is in the log, so nothing can come before it.
            if (i + 3 < times.Count) Assert.True(window.Complete);
            parts.AddRange(window.Comments);
        }

        Assert.Equal(posted, parts);
    }

    [Fact]
    public async Task A_stretch_that_has_not_ended_is_not_complete()
    {
        var posted = await Client.PostAsync(Video);
        Assert.False((await ReadAsync(Begin(posted), Begin(posted).AddMinutes(9))).Complete);
        var none = await ReadAsync(Begin(posted).AddYears(1), Begin(posted).AddYears(1).AddMinutes(1));
        Assert.Empty(none.Comments);
        Assert.False(none.Complete);
        var longAgo = await ReadAsync(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2000, 1, 1, 0, 10, 0, TimeSpan.Zero));
        Assert.Empty(longAgo.Comments);
        Assert.True(longAgo.Complete);
    }

    [Fact]
    public async Task What_is_too_much_for_one_answer_goes_on_at_its_cursor()
    {
        var posted = await Client.PostManyAsync(Video, 1_250);
        var (from, to) = (Begin(posted[0]), Begin(posted[^1]).AddSeconds(1));

        var newest = await ReadAsync(from, to);
        var older = await ReadAsync(from, to, newest.NextCursor);

        Assert.Equal(1_000, newest.Comments.Count);
        Assert.Null(older.NextCursor);
        Assert.Equal(posted, [.. older.Comments, .. newest.Comments]);
    }

    [Fact]
    public async Task Who_has_it_already_is_told_so_until_something_is_removed()
    {
        var posted = await PostApartAsync(3);
        var path = Path(Begin(posted[0]), Begin(posted[^1]));
        string tag;
        using (var first = await GetAsync(path))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
            Assert.True(first.Headers.CacheControl?.NoCache);
            tag = first.Headers.ETag!.ToString();
        }

        using (var again = await GetAsync(path, tag))
        {
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsStringAsync());
        }

        await Client.RemoveAsync(posted[0], Moderator);

        // An edge may hear of it a moment later.
        await Patience.UntilAsync(async () =>
        {
            using var changed = await GetAsync(path, tag);
            if (changed.StatusCode == HttpStatusCode.NotModified) return false;
            Assert.Equal([posted[1]], Window.Parse(await changed.Content.ReadAsStringAsync()).Comments);
            return true;
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("from=2026-01-01T00:00:00Z")]
    [InlineData("to=2026-01-01T00:00:00Z")]
    [InlineData("from=yesterday&to=2026-01-01T00:00:00Z")]
    [InlineData("from=PT5M&to=2026-01-01T00:00:00Z")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2025-12-31T23:59:59Z")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-01-01T00:10:00.001Z")]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-01-01T00:05:00Z&cursor=garbage")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-01-01T00:05:00Z&cursor=-1")]
    public async Task A_bad_query_is_refused(string query) =>
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.Reads.GetAsync($"/comments/{Video}/replay?{query}"));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:05:00Z", true)]
    [InlineData("9999-12-31T23:55:00Z", "9999-12-31T23:59:59.999Z", false)]
    [InlineData("0001-01-01T00:00:00%2B14:00", "0001-01-01T00:05:00%2B14:00", null)]
    public async Task The_ends_of_time_are_empty_or_refused(string from, string to, bool? complete)
    {
        using var answer = await GetAsync($"/comments/{Video}/replay?from={from}&to={to}");
        if (complete is null)
        {
            await Problem.ReadAsync(HttpStatusCode.BadRequest, answer);
            return;
        }

        var window = Window.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Empty(window.Comments);
        Assert.Equal(complete, window.Complete);
    }

    private static DateTimeOffset Begin(PostedComment comment) => DateTimeOffset.Parse(comment.CreatedAt, CultureInfo.InvariantCulture);

    /// <summary>Posts comments each of which has a time of its own.</summary>
    private async Task<List<PostedComment>> PostApartAsync(int count)
    {
        var posted = new List<PostedComment>();
        while (posted.Count < count)
        {
            var comment = await Client.PostAsync(Video, $"{posted.Count}");
            if (posted.Count > 0 && comment.CreatedAt == posted[^1].CreatedAt) await Client.RemoveAsync(comment, Moderator);
            else posted.Add(comment);
        }

        return posted;
    }

    private async Task<Window> ReadAsync(DateTimeOffset from, DateTimeOffset to, string? cursor = null)
    {
        using var answer = await GetAsync(Path(from, to) + (cursor is null ? "" : $"&cursor={cursor}"));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        return Window.Parse(body);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (tag is not null) request.Headers.IfNoneMatch.ParseAdd(tag);
        return await Client.Reads.SendAsync(request);
    }

    private string Path(DateTimeOffset from, DateTimeOffset to) => $"/comments/{Video}/replay?from={Text(from)}&to={Text(to)}";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed record Window(IReadOnlyList<PostedComment> Comments, string? NextCursor, bool Complete)
    {
        public static Window Parse(string json)
        {
            using var document = JsonDocument.Parse(json);
            Assert.Equal(["comments", "nextCursor", "complete"], document.RootElement.EnumerateObject().Select(member => member.Name));
            return new(
                [.. document.RootElement.GetProperty("comments").EnumerateArray().Select(PostedComment.From)],
                document.RootElement.GetProperty("nextCursor").GetString(),
                document.RootElement.GetProperty("complete").GetBoolean());
        }
    }
}
