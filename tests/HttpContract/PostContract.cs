using System.Net;
using System.Text;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>What a post answers, and the ids and times that it gives.</summary>
public abstract class PostContract(ContractTarget target) : ContractTests(target)
{
    [Fact]
    public async Task A_post_answers_201_with_the_comment()
    {
        using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"));
        var comment = await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);

        Assert.Equal(Video, comment.LiveVideoId);
        Assert.Equal("Ada", comment.Author);
        Assert.Equal("Hello", comment.Message);
    }

    [Fact]
    public async Task A_posted_comment_is_in_the_history_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            var comment = await Client.PostAsync(Video, $"Comment {i}");
            var page = await Client.PageAsync(Video, "?limit=1");
            Assert.Equal(comment, Assert.Single(page.Comments));
        }
    }

    [Fact]
    public async Task Ids_rise_in_the_order_of_acknowledgement()
    {
        var acknowledged = 0L;
        var gate = new Lock();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var before = Volatile.Read(ref acknowledged);
            var id = (await Client.PostAsync(Video)).Number;
            Assert.True(id > before, $"{id} was posted after {before} was acknowledged.");
            lock (gate)
                acknowledged = Math.Max(acknowledged, id);
        });
    }

    [Fact]
    public async Task Ids_carry_the_time_of_their_comments_which_never_falls()
    {
        var comments = await Client.PostManyAsync(Video, 100);

        Assert.All(comments, comment => Assert.Equal(comment.Number >> 20, comment.CreatedAtMilliseconds));
        Assert.Distinct(comments.Select(comment => comment.Id));
        Assert.Equal(comments.OrderBy(comment => comment.CreatedAtMilliseconds), comments);
    }

    [Fact]
    public async Task Posts_of_one_write_on_one_connection_are_taken_in_turn()
    {
        string[] messages = ["one", "two", "three"];
        var requests = new StringBuilder();
        foreach (var message in messages)
            requests.Append(RawHttp.Post(Target.PostAddress, Video, $$"""{"author":"Ada","message":"{{message}}"}""", message == "three" ? "Connection: close\r\n" : ""));

        var answers = await RawHttp.ExchangeAsync(Target.PostAddress, requests.ToString());

        Assert.Equal(3, answers.Split("HTTP/1.1 201 ").Length - 1);
        Assert.Equal(messages, messages.OrderBy(message => answers.IndexOf($"\"{message}\"", StringComparison.Ordinal)));
        Assert.Equal(messages, (await Client.HistoryAsync(Video)).Select(comment => comment.Message));
    }

    [Fact]
    public async Task Live_videos_do_not_see_each_other()
    {
        var other = CommentsClient.NewVideo();
        using var viewer = await Client.WatchAsync(Video);
        using var otherViewer = await Client.WatchAsync(other);

        var theirs = await Client.PostAsync(other, "theirs");
        var ours = await Client.PostAsync(Video, "ours");

        Assert.Equal([ours], await Client.HistoryAsync(Video));
        Assert.Equal([theirs], await Client.HistoryAsync(other));
        Assert.Equal(ours, await viewer.NextCommentAsync());
        Assert.Equal(theirs, await otherViewer.NextCommentAsync());
    }
}
