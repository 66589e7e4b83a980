using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Which live video ids the paths take: 1 to 64 characters of <c>[A-Za-z0-9_-]</c>.</summary>
public abstract class LiveVideoIdContract(ContractTarget target) : ContractTests(target)
{
    private const string SixtyFour = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";

    [Theory]
    [InlineData(SixtyFour)]
    [InlineData("0")]
    [InlineData("_")]
    [InlineData("-")]
    [InlineData("stream")]
    public async Task A_good_id_is_taken(string video)
    {
        var comment = await Client.PostAsync(video);

        Assert.Equal(video, comment.LiveVideoId);
        Assert.Contains(comment, (await Client.PageAsync(video)).Comments);
        using var viewer = await Client.WatchAsync(video);
        Assert.Equal(video, (await viewer.NextCommentAsync()).LiveVideoId);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_are_different_live_videos()
    {
        await Client.PostAsync(Video);

        Assert.Empty((await Client.PageAsync(Video.ToUpperInvariant())).Comments);
    }

    [Theory]
    [InlineData(SixtyFour + "x")]
    [InlineData("a.b")]
    [InlineData("a%2Fb")]
    [InlineData("a%20b")]
    [InlineData("a%25b")]
    [InlineData("a:b")]
    [InlineData("a+b")]
    [InlineData("caf%C3%A9")]
    [InlineData("%D9%A3")]
    [InlineData("a%0Ab")]
    public async Task A_bad_id_is_refused(string video)
    {
        var post = await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.SendAsync(video, CommentsClient.Body("Ada", "Hello")));
        var history = await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.Reads.GetAsync($"/comments/{video}"));
        var stream = await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.OpenStreamAsync(video));

        Assert.Equal(post.Type, history.Type);
        Assert.Equal(post.Type, stream.Type);
    }
}
