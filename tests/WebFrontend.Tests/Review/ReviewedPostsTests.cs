using LiveComments.WebFrontend.Review;
using static LiveComments.WebFrontend.Tests.Review.ReviewParts;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>The chain of reviews before the owner of a video.</summary>
public sealed class ReviewedPostsTests
{
    private readonly SlowReviewer _hook = new();
    private readonly PostOrder _order = new();
    private readonly InProcessLiveVideos _videos = StreamingParts.Engine(new MemoryStore(), TimeProvider.System);

    [Fact]
    public async Task A_verdict_is_kept_in_the_outcome_and_nothing_is_published()
    {
        var posts = Posts([new Words("bad", RuleVerdict.Hold), new Words("worse", RuleVerdict.Refuse)]);

        var held = await posts.PostAsync(StreamingParts.Video, Draft("bad")).InTime();
        var refused = await posts.PostAsync(StreamingParts.Video, Draft("bad and worse")).InTime();

        Assert.Equal((PostStatus.ToBeHeld, "word-list"), (held.Outcome.Status, held.Outcome.HoldReason));
        Assert.Equal((PostStatus.RefusedByReview, "word-list"), (refused.Outcome.Status, refused.Outcome.RefuseReason));
        Assert.Empty((await _videos.ReadAsync(StreamingParts.Video, CommentId.None, 10)).Comments);
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Moderators_are_exempt()
    {
        var posts = Posts([new Words("bad", RuleVerdict.Refuse)], _hook);

        var posted = await posts.PostAsync(StreamingParts.Video, Draft("bad", role: AuthorRole.Moderator)).InTime();

        Assert.Equal(PostStatus.Accepted, posted.Outcome.Status);
        Assert.Equal(0, _hook.Asked);
    }

    [Fact]
    public async Task One_persons_posts_keep_their_order_and_others_pass()
    {
        var posts = Posts([new Words("bad", RuleVerdict.Hold)], _hook);
        var first = posts.PostAsync(StreamingParts.Video, Draft("first"));
        var second = posts.PostAsync(StreamingParts.Video, Draft("second"));
        var third = posts.PostAsync(StreamingParts.Video, Draft("bad"));
        var other = posts.PostAsync(StreamingParts.Video, Draft("other", new AuthorId(2)));

        _hook.Say("other", ReviewVerdict.Publish);
        Assert.Equal(PostStatus.Accepted, (await other.InTime()).Outcome.Status);
        _hook.Say("second", ReviewVerdict.Publish);
        Assert.False(second.IsCompleted || third.IsCompleted);
        _hook.Say("first", ReviewVerdict.Publish);
        await Task.WhenAll(first, second, third).InTime();

        var page = await _videos.ReadAsync(StreamingParts.Video, CommentId.Max, 10);
        Assert.Equal(["second", "first", "other"], page.Comments.Select(comment => comment.Message));
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Another_message_is_published_and_one_that_authors_may_not_send_is_held()
    {
        var posts = Posts([], _hook);
        var replaced = posts.PostAsync(StreamingParts.Video, Draft("long"));
        var empty = posts.PostAsync(StreamingParts.Video, Draft("empty"));

        _hook.Say("long", new(ReviewAction.Replace, "hook", " short "));
        _hook.Say("empty", new(ReviewAction.Replace, "hook", "  "));

        Assert.Equal("short", (await replaced.InTime()).Outcome.Comment!.Message);
        Assert.Equal("hook", (await empty.InTime()).Outcome.HoldReason);
    }

    [Theory]
    [InlineData(nameof(ReviewAction.Publish))]
    [InlineData(nameof(ReviewAction.Replace))]
    public async Task A_repeat_is_the_same_comment_and_the_hook_is_not_asked_again(string action)
    {
        var posts = Posts([], new KnownVerdicts(_hook, TimeProvider.System));
        var first = posts.PostAsync(StreamingParts.Video, Draft("Hello", key: "k"));
        _hook.Say("Hello", new(Enum.Parse<ReviewAction>(action), "hook", "Good day"));
        var comment = (await first.InTime()).Outcome.Comment!;

        var (_, again) = await posts.PostAsync(StreamingParts.Video, Draft("Hello", key: "k")).InTime();

        Assert.Equal((PostStatus.Repeated, comment.Id), (again.Status, again.Comment!.Id));
        Assert.Equal(1, _hook.Asked);
    }

    [Theory]
    [InlineData(RuleVerdict.Hold)]
    [InlineData(RuleVerdict.Refuse)]
    public async Task A_repeat_of_a_published_post_is_answered_by_it_whatever_a_rule_says_by_now(RuleVerdict verdict)
    {
        var before = await Posts([]).PostAsync(StreamingParts.Video, Draft("bad", key: "k")).InTime();
        var posts = Posts([new Words("bad", verdict)]);

        var (_, again) = await posts.PostAsync(StreamingParts.Video, Draft("bad", key: "k")).InTime();

        Assert.Equal((PostStatus.Repeated, before.Outcome.Comment!.Id), (again.Status, again.Comment!.Id));
    }

    [Fact]
    public async Task What_was_refused_may_be_tried_again_under_its_key()
    {
        var posts = Posts([], new KnownVerdicts(_hook, TimeProvider.System));
        var first = posts.PostAsync(StreamingParts.Video, Draft("Hello", key: "k"));
        _hook.Say("Hello", new(ReviewAction.Refuse, "hook-failed"));
        Assert.Equal(PostStatus.RefusedByReview, (await first.InTime()).Outcome.Status);

        var again = posts.PostAsync(StreamingParts.Video, Draft("Hello", key: "k"));
        _hook.Say("Hello", ReviewVerdict.Publish);

        Assert.Equal(PostStatus.Accepted, (await again.InTime()).Outcome.Status);
    }

    private ReviewedPosts Posts(IReadOnlyList<ITextRule> rules, IReviewer? hook = null) =>
        new(_videos, new(rules, hook, Metrics), _order);

    private sealed class Words(string word, RuleVerdict verdict) : ITextRule
    {
        private readonly WordList _list = WordList.Create([word]);

        public ReviewVerdict? Judge(CommentDraft draft) =>
            _list.Find(draft.Message) is null ? null : ReviewVerdict.Of(verdict, "word-list");
    }

    /// <summary>A reviewer that says what it is told to, when it is told.</summary>
    private sealed class SlowReviewer : IReviewer
    {
        private readonly Dictionary<string, TaskCompletionSource<ReviewVerdict>> _asked = [];

        public int Asked { get; private set; }

        public void Say(string message, ReviewVerdict verdict) => _asked[message].SetResult(verdict);

        public async ValueTask<ReviewVerdict> ReviewAsync(LiveVideoId video, CommentDraft draft)
        {
            Asked++;
            _asked[draft.Message] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return await _asked[draft.Message].Task;
        }
    }
}
