using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Which authors and messages a post takes: lengths in Unicode scalar values after trimming, and no control characters.</summary>
public abstract class CommentTextContract(ContractTarget target) : ContractTests(target)
{
    private const int LongestAuthor = 50;
    private const int LongestMessage = 500;

    [Theory]
    [InlineData("a")]
    [InlineData("\u00e9")]
    [InlineData("\u6f22")]
    [InlineData("\U0001f600")]
    public async Task Lengths_count_scalar_values(string scalar)
    {
        var author = Repeat(scalar, LongestAuthor);
        var message = Repeat(scalar, LongestMessage);

        var comment = await Client.PostAsync(Video, message, author);

        Assert.Equal(author, comment.Author);
        Assert.Equal(message, comment.Message);
        await RefusedAsync(author + scalar, "Hello");
        await RefusedAsync("Ada", message + scalar);
    }

    [Theory]
    [InlineData("\u2065")]
    [InlineData("\ufff0\ufff8")]
    [InlineData("\U000e0000\U000e0080\U000e0fff")]
    [InlineData("\u00ad\u061c")]
    [InlineData("\u180e\ufe0f")]
    [InlineData("\U0001d159")]
    [InlineData("\U000e0041 \U000e0042")]
    public async Task Nothing_that_can_be_seen_is_refused(string invisible)
    {
        await RefusedAsync(invisible, "Hello");
        await RefusedAsync("Ada", invisible);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\u2028")]
    [InlineData("\n\u2029")]
    public async Task A_message_has_at_most_ten_line_feeds(string feed)
    {
        var feeds = Repeat(feed, 10 / feed.Length);
        Assert.Equal($"a{feeds}b", (await Client.PostAsync(Video, $"a{feeds}b")).Message);

        await RefusedAsync("Ada", $"a{feeds}\nb");
    }

    [Theory]
    [InlineData("\u0301")]
    [InlineData("\u20dd")]
    [InlineData("\u0489")]
    public async Task A_letter_carries_at_most_eight_marks(string mark)
    {
        var most = "x" + Repeat(mark, 8);
        Assert.Equal(most + most, (await Client.PostAsync(Video, most + most)).Message);
        Assert.Equal(most, (await Client.PostAsync(Video, author: most)).Author);

        await RefusedAsync("Ada", most + mark);
        await RefusedAsync("Ada", $"{most}\u200d{mark}");
        await RefusedAsync(most + mark, "Hello");
        await RefusedAsync("Ada", Repeat(mark, 9));
    }

    [Fact]
    public async Task One_character_is_enough()
    {
        var comment = await Client.PostAsync(Video, "\U0001f600", "A");

        Assert.Equal("A", comment.Author);
        Assert.Equal("\U0001f600", comment.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("    ")]
    public async Task Nothing_but_space_is_refused(string empty)
    {
        await RefusedAsync(empty, "Hello");
        await RefusedAsync("Ada", empty);
    }

    [Fact]
    public async Task Space_around_is_trimmed_and_does_not_count()
    {
        var author = new string('a', LongestAuthor);
        var message = new string('m', LongestMessage);

        var comment = await Client.PostAsync(Video, $"  {message}\n \n", $"  {author} ");

        Assert.Equal(author, comment.Author);
        Assert.Equal(message, comment.Message);
    }

    [Fact]
    public async Task Space_and_line_feeds_inside_a_message_stay()
    {
        const string Message = "first  line\n\n third\u00a0line";

        Assert.Equal(Message, (await Client.PostAsync(Video, Message)).Message);
        Assert.Equal("Ada  L", (await Client.PostAsync(Video, author: "Ada  L")).Author);
    }

    [Theory]
    [InlineData('\u0000')]
    [InlineData('\u0001')]
    [InlineData('\a')]
    [InlineData('\t')]
    [InlineData('\v')]
    [InlineData('\r')]
    [InlineData('\u001b')]
    [InlineData('\u001f')]
    [InlineData('\u007f')]
    [InlineData('\u0080')]
    [InlineData('\u0085')]
    [InlineData('\u009f')]
    public async Task Control_characters_are_refused(char control)
    {
        await RefusedAsync($"A{control}a", "Hello");
        await RefusedAsync("Ada", $"Hel{control}lo");
    }

    [Fact]
    public async Task A_line_feed_in_an_author_is_refused() => await RefusedAsync("A\na", "Hello");

    [Fact]
    public async Task A_line_end_of_two_characters_is_refused() => await RefusedAsync("Ada", "Hel\r\nlo");

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u200d")]
    [InlineData("\ufeff")]
    [InlineData("\u202e")]
    [InlineData("\uffff")]
    [InlineData("\U0010ffff")]
    [InlineData("<script>&amp;'\"\\/")]
    public async Task Whatever_is_no_control_character_comes_back_as_it_was(string text)
    {
        var comment = await Client.PostAsync(Video, $"a{text}b", $"c{text}d");

        Assert.Equal($"a{text}b", comment.Message);
        Assert.Equal($"c{text}d", comment.Author);
        Assert.Equal([comment], await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData(@"\ud83d")]
    [InlineData(@"\ude00")]
    [InlineData(@"\ude00\ud83d")]
    [InlineData(@"\ud83d\ud83d\ude00")]
    [InlineData(@"\ud83dx")]
    public async Task A_lone_surrogate_is_refused(string escape)
    {
        await RefusedAsync(CommentsClient.Json($$"""{"author":"Ada","message":"a{{escape}}b"}"""));
        await RefusedAsync(CommentsClient.Json($$"""{"author":"a{{escape}}b","message":"Hello"}"""));
    }

    [Fact]
    public async Task An_escaped_surrogate_pair_is_one_character()
    {
        var escaped = Repeat(@"\ud83d\ude00", LongestMessage);

        using var answer = await Client.SendAsync(Video, CommentsClient.Json($$"""{"author":"Ada","message":"{{escaped}}"}"""));

        var comment = await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);
        Assert.Equal(Repeat("\U0001f600", LongestMessage), comment.Message);
    }

    [Fact]
    public async Task The_same_fault_is_always_the_same_problem()
    {
        var first = await RefusedAsync("Ada", "");
        var second = await RefusedAsync("Grace", "  ");

        Assert.Equal((first.Type, first.Title), (second.Type, second.Title));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private Task<Problem> RefusedAsync(string author, string message) =>
        RefusedAsync(CommentsClient.Json(JsonSerializer.Serialize(new { author, message })));

    private async Task<Problem> RefusedAsync(HttpContent body)
    {
        var posted = (await Client.HistoryAsync(Video)).Count;
        var problem = await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.SendAsync(Video, body));
        Assert.Equal(posted, (await Client.HistoryAsync(Video)).Count);
        return problem;
    }
}
