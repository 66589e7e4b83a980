using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Review;
using Microsoft.AspNetCore.Http;
using static LiveComments.WebFrontend.Tests.Review.HookServer;
using static LiveComments.WebFrontend.Tests.Review.ReviewParts;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>The review hook, over HTTP: what it may answer, and what becomes of comments when it does not.</summary>
public sealed class HookReviewerTests : IAsyncLifetime
{
    // Circuits are opened by the number of failures and by time that a test lets pass. Requests that do not come to an end have real time.
    private readonly ManualTime _time = new();
    private readonly Lines _lines = new();
    private readonly List<IDisposable> _parts = [];
    private HookServer _server = null!;

    public async Task InitializeAsync() => _server = await StartAsync();

    public async Task DisposeAsync()
    {
        _parts.ForEach(part => part.Dispose());
        await _server.DisposeAsync();
        Assert.Empty(_server.Faults);
        Assert.False(_server.Misled);
        Assert.Equal(_server.Messages.Count, _server.Messages.Distinct().Count());
    }

    [Fact]
    public async Task Every_verdict_is_taken_and_the_comment_is_told_as_it_is()
    {
        _server.Answer = comments => Verdicts(comments.Select(comment => comment.GetProperty("message").GetString() switch
        {
            "hold" => Verdict(comment, "hold", reason: "toxic"),
            "refuse" => Verdict(comment, "refuse", reason: "NOT A CODE\n"),
            "replace" => Verdict(comment, "replace", message: "better"),
            _ => Verdict(comment, "publish"),
        }));
        var hook = Hook();

        Assert.Equal(new(ReviewAction.Hold, "toxic"), await AskAsync(hook, "hold"));
        Assert.Equal(new(ReviewAction.Refuse, "hook"), await AskAsync(hook, "refuse"));
        Assert.Equal(new(ReviewAction.Replace, "hook", "better"), await AskAsync(hook, "replace"));
        Assert.Equal(ReviewVerdict.Publish, await AskAsync(hook, "\u00FCber \"all\" \U0001F600"));

        var told = Assert.Single(_server.Requests.Last().GetProperty("comments").EnumerateArray());
        Assert.Equal(
            ("v", "Ada", Ada.ToString(), "\u00FCber \"all\" \U0001F600"),
            (told.GetProperty("liveVideoId").GetString()!, told.GetProperty("author").GetString()!, told.GetProperty("authorId").GetString()!, told.GetProperty("message").GetString()!));
    }

    [Fact]
    public async Task The_id_of_an_address_is_not_told()
    {
        Assert.True(CommentDraft.TryCreate("Ada", "Hello", null, AuthorIdentity.OfAddress(Ada), out var draft, out _));
        await Hook().ReviewAsync(StreamingParts.Video, draft).InTime();

        var told = Assert.Single(_server.Requests.Single().GetProperty("comments").EnumerateArray());
        Assert.DoesNotContain(Ada.ToString(), told.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Under maintenance</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"verdicts\":{}}")]
    [InlineData("{\"verdicts\":[1,null,{},{\"reviewId\":5},{\"reviewId\":\"other\",\"verdict\":\"publish\"}]}")]
    public async Task Garbage_is_a_failure_and_by_default_holds(string answer)
    {
        _server.Answer = _ => Results.Text(answer);

        Assert.Equal(new(ReviewAction.Hold, "hook-failed"), await AskAsync(Hook(), "Hello"));
        Assert.Contains("gave no verdict", Assert.Single(_lines.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("Publish")]
    [InlineData("replace")]
    [InlineData("")]
    public async Task A_verdict_that_is_none_is_a_failure(string verdict)
    {
        _server.Answer = comments => Verdicts(comments.Select(comment => Verdict(comment, verdict)));

        Assert.Equal("hook-failed", (await AskAsync(Hook(), "Hello")).Reason);
    }

    [Fact]
    public async Task A_redirect_an_error_and_too_large_an_answer_are_failures()
    {
        var hook = Hook();
        _server.Answer = _ => Results.Redirect("/elsewhere", preserveMethod: true);
        Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
        _server.Answer = comments => Results.Json(new { verdicts = comments.Select(comment => Verdict(comment, "publish")) }, statusCode: 500);
        Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
        _server.Answer = comments => Verdicts(comments.Select(comment => Verdict(comment, "publish", new string('a', HookClient.MaxAnswer))));
        Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
    }

    [Theory]
    [InlineData(HookFailure.Hold)]
    [InlineData(HookFailure.Publish)]
    [InlineData(HookFailure.Refuse)]
    public async Task A_hook_that_hangs_or_is_away_fails_as_the_setting_says(HookFailure failed)
    {
        var action = Enum.Parse<ReviewAction>(failed.ToString());
        _server.Answer = null;
        Assert.Equal(action, (await AskAsync(Hook(failed, TimeProvider.System), "Hello")).Action);

        await _server.DisposeAsync();
        Assert.Equal(action, (await AskAsync(Hook(failed), "Hello")).Action);
    }

    [Fact]
    public async Task Half_a_batch_counts_for_its_half_and_what_comes_twice_for_none()
    {
        var (arrived, answers) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _server.Before = async () =>
        {
            arrived.Release();
            await answers.Task;
        };
        _server.Answer = comments => Verdicts(comments.Where(comment => Said(comment) != "missing").SelectMany(comment => Said(comment) switch
        {
            "twice" => new[] { Verdict(comment, "publish"), Verdict(comment, "refuse") },
            _ => [Verdict(comment, "publish")],
        }));
        var hook = Hook();

        // One after the other, so that each is a request of its own; what comes then shares the next ones.
        var busy = new List<Task>();
        for (var i = 0; i < HookReviewer.MostRequests; i++)
        {
            busy.Add(AskAsync(hook, "busy"));
            await arrived.WaitAsync().InTime();
        }

        var others = new[] { "one", "missing", "two", "twice", "three" }.Select(message => AskAsync(hook, message)).ToArray();
        answers.SetResult();
        await Task.WhenAll(busy).InTime();

        Assert.Equal(
            [ReviewAction.Publish, ReviewAction.Hold, ReviewAction.Publish, ReviewAction.Hold, ReviewAction.Publish],
            (await Task.WhenAll(others).InTime()).Select(verdict => verdict.Action));

        static string Said(System.Text.Json.JsonElement comment) => comment.GetProperty("message").GetString()!;
    }

    [Fact]
    public async Task A_request_has_a_hundred_comments_at_most_and_too_many_that_wait_fail_at_once()
    {
        var (arrived, answers) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _server.Before = async () =>
        {
            arrived.Release();
            await answers.Task;
        };
        var hook = Hook();
        for (var i = 0; i < HookReviewer.MostRequests; i++)
        {
            _ = AskAsync(hook, "busy");
            await arrived.WaitAsync().InTime();
        }

        var waiting = Enumerable.Range(0, HookReviewer.MostWaiting).Select(i => AskAsync(hook, $"{i}")).ToArray();
        Assert.Equal("hook-failed", (await AskAsync(hook, "one too many")).Reason);
        answers.SetResult();

        Assert.All(await Task.WhenAll(waiting).InTime(), verdict => Assert.Equal(ReviewAction.Publish, verdict.Action));
        Assert.All(_server.Requests, request => Assert.InRange(request.GetProperty("comments").GetArrayLength(), 1, HookReviewer.MostInRequest));
    }

    [Fact]
    public async Task The_circuit_opens_when_the_hook_fails_again_and_again_and_closes_when_it_answers()
    {
        var hook = Hook();
        _server.Answer = _ => Results.StatusCode(503);
        Assert.Equal(HookState.Closed, hook.Circuit.Status.State);
        for (var i = 0; i < HookCircuit.FewestRequests; i++) Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
        Assert.Equal(new(HookState.Open, _time.GetUtcNow()), hook.Circuit.Status);
        var (asked, opened) = (_server.Requests.Count, _time.GetUtcNow());

        Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
        Assert.Equal(asked, _server.Requests.Count);

        // A probe that fails leaves it open.
        _time.Advance(HookCircuit.Break + TimeSpan.FromMilliseconds(1));
        Assert.Equal("hook-failed", (await AskAsync(hook, "Hello")).Reason);
        Assert.Equal(asked + 1, _server.Requests.Count);
        Assert.Equal(new(HookState.Open, opened), hook.Circuit.Status);

        _server.Answer = comments => Verdicts(comments.Select(comment => Verdict(comment, "publish")));
        _time.Advance(HookCircuit.Break + TimeSpan.FromMilliseconds(1));
        Assert.Equal(ReviewVerdict.Publish, await AskAsync(hook, "Hello"));
        Assert.Equal(new(HookState.Closed, _time.GetUtcNow()), hook.Circuit.Status);
        Assert.Equal(1, _lines.All.Count(line => line.Contains("is not asked for", StringComparison.Ordinal)));
        Assert.Equal(1, _lines.All.Count(line => line.Contains("answers again", StringComparison.Ordinal)));
    }

    private static Task<ReviewVerdict> AskAsync(HookReviewer hook, string message) =>
        hook.ReviewAsync(StreamingParts.Video, Draft(message)).InTime();

    private HookReviewer Hook(HookFailure failed = HookFailure.Hold, TimeProvider? time = null)
    {
        time ??= _time;
        var options = new HookOptions { Url = _server.Address, Secret = Secret, Failed = failed };
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = HookClient.MaxAnswer };
        var (metrics, log) = (new ReviewMetrics(new Meter("test")), new ReviewLog(time, _lines));
        var hook = new HookReviewer(options, new(options, http, time), new(TimeSpan.FromMilliseconds(options.TimeoutMs), time, metrics, log), time, metrics, log);
        _parts.AddRange([hook, http]);
        return hook;
    }
}
