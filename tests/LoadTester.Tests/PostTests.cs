using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

public class PostTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Refused_posts_are_counted_and_not_expected(int status)
    {
        var (result, counts) = await LoadTestRun.RunAsync(
            new Faults { RefuseEvery = 10, RefusalStatus = status }, LoadTestRun.Options);

        Assert.Equal(15, counts.Refused);
        Assert.Equal(15, result.Posts.Refused);
        Assert.Equal(15, result.Refusal.Count);
        Assert.Equal(15, result.Errors[$"post: answered {status}"]);
        Assert.Equal(135 * 20, result.Deliveries.Expected);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task Comments_delivered_although_refused_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(
            new Faults { RefuseEvery = 10, PublishesRefused = true }, LoadTestRun.Options);

        Assert.Equal(15 * 20, counts.RefusedYetDelivered);
        Assert.Equal([$"{counts.RefusedYetDelivered} comments delivered although refused"], result.Faults);
    }

    [Fact]
    public async Task An_internal_error_is_a_fault_whose_comment_may_come_or_not()
    {
        var (result, _) = await LoadTestRun.RunAsync(
            new Faults { RefuseEvery = 10, RefusalStatus = 500, PublishesRefused = true }, LoadTestRun.Options);

        Assert.Equal(["15 posts failed"], result.Faults);
        Assert.Equal(15, result.Errors["post: answered 500"]);
    }

    [Fact]
    public async Task A_post_cut_off_before_its_answer_is_a_fault_whose_comment_may_come_or_not()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { CutPostEvery = 10 }, LoadTestRun.Options);

        Assert.Equal(15, counts.PostsCut);
        Assert.Equal(135 * 20, result.Deliveries.Expected);
        Assert.Equal(150 * 20, result.Deliveries.Total);
        Assert.Equal(["15 posts failed"], result.Faults);
    }

    [Fact]
    public async Task Latency_counts_from_when_a_post_was_due_however_late_it_could_be_sent()
    {
        // One connection and 100 ms an answer: the last of 75 posts, due after 1.5 s, is answered after 7.5 s at the earliest.
        var options = LoadTestRun.Options with { Rate = 50, Posters = 1, Viewers = 1 };

        var (result, _) = await LoadTestRun.RunAsync(new Faults { AnswerDelay = TimeSpan.FromMilliseconds(100) }, options);

        Assert.Equal(75, result.Posts.Acknowledged);
        Assert.True(result.Post.Max > 5_500, $"{result.Post}");
        Assert.True(result.Posts.WaitedForPoster > 60);
        Assert.Contains(result.LoadTester.Bottlenecks, bottleneck => bottleneck.Contains("--posters"));
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task Comments_that_no_connection_was_free_for_are_never_sent()
    {
        var options = LoadTestRun.Options with { Posters = 1, Viewers = 1, Drain = TimeSpan.FromSeconds(1) };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { AnswerDelay = TimeSpan.FromMinutes(1) }, options);

        Assert.Equal(1, counts.Published);
        Assert.Equal(149, result.Posts.Unsent);
        Assert.Equal(1, result.Errors["post: no answer"]);
        Assert.Equal(
            ["1 posts failed", "149 posts never sent", "no post was acknowledged, so nothing was checked"], result.Faults);
    }
}
