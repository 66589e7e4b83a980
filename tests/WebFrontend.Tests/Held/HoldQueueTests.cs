using LiveComments.WebFrontend.Held;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Held;

/// <summary>That a held comment is decided on once, whatever fails on the way, and expires.</summary>
public sealed class HoldQueueTests : IDisposable
{
    private static readonly AuthorId Ada = new(7);

    private readonly ManualTime _time = new();
    private readonly MemoryStore _store = new();
    private readonly InProcessLiveVideos _videos;
    private readonly HoldQueue _queue;

    public HoldQueueTests()
    {
        _videos = Engine(_store, _time);
        _queue = new(_videos, new(_videos), new(), _time);
    }

    public void Dispose() => _videos.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(30, true)]
    [InlineData(0, false)]
    [InlineData(30, false)]
    public async Task Whichever_write_fails_it_is_published_once_or_not_at_all(int minutesLater, bool publish)
    {
        // Each write of a decision, whether it reached the store or not, until none is left.
        for (var failing = 1; ; failing++)
        {
            foreach (var reaches in (bool[])[false, true])
            {
                var store = new MemoryStore();
                using var videos = Engine(store, _time);
                var queue = new HoldQueue(videos, new(videos), new(), _time);
                var held = (await queue.HoldAsync(Video, Drafts.Draft("text", key: "key", person: Ada), "word-list").InTime()).Comment!.Id;
                var writes = 0;
                store.BeforeAppend = store.BeforeOtherAppend = store.BeforeErase = () =>
                    ++writes == failing && !reaches ? throw new CommentsUnavailableException("down") : Task.CompletedTask;
                store.AfterAppend = () =>
                    writes == failing && reaches ? throw new CommentsUnavailableException("down") : Task.CompletedTask;

                var failed = false;
                try
                {
                    await queue.DecideAsync(Video, held, publish).InTime();
                }
                catch (CommentsUnavailableException)
                {
                    failed = true;
                }

                store.AfterAppend = store.BeforeAppend = store.BeforeOtherAppend = store.BeforeErase = () => Task.CompletedTask;
                _time.Advance(TimeSpan.FromMinutes(minutesLater));
                // Another node, which knows no keys but those in the log.
                using var others = Engine(store, _time);
                var state = await new HoldQueue(others, new(others), new(), _time).DecideAsync(Video, held, publish).InTime();

                Assert.Equal(publish ? HeldStatus.Published : HeldStatus.Refused, state!.Value.Status);
                Assert.Equal(publish ? ["text"] : [], store.All(Video).Select(comment => comment.Message));
                if (publish) Assert.Equal(state.Value.Published, store.All(Video)[0].Id);
                Assert.Empty(store.All(Video.OfHeld));
                if (!failed && !reaches)
                {
                    Assert.InRange(failing, 3, 20);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task What_nobody_decides_on_expires_and_its_text_is_erased()
    {
        var held = (await _queue.HoldAsync(Video, Drafts.Draft("text"), "hold-all").InTime()).Comment!.Id;
        _time.Advance(TimeSpan.FromMinutes(59));
        var later = (await _queue.HoldAsync(Video, Drafts.Draft("later"), "hold-all").InTime()).Comment!.Id;
        Assert.Equal(HeldStatus.Held, (await _queue.FindAsync(Video, held).InTime())!.Value.Status);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HeldStatus.Expired, (await _queue.FindAsync(Video, held).InTime())!.Value.Status);
        Assert.Equal([later], (await _queue.ReadAsync(Video, CommentId.Max, 10).InTime()).Comments.Select(comment => comment.Id));
        await _queue.ExpireAsync(Video).InTime();
        Assert.Equal([later], _store.All(Video.OfHeld).Select(comment => comment.Id));
        Assert.Equal(HeldStatus.Expired, (await _queue.DecideAsync(Video, held, publish: true).InTime())!.Value.Status);
        Assert.Empty(_store.All(Video));
    }

    [Fact]
    public async Task It_is_published_as_it_was_written_under_the_key_of_its_author()
    {
        var draft = Drafts.Draft("text", key: "key", person: Ada);
        var held = (await _queue.HoldAsync(Video, draft, "word-list").InTime()).Comment!.Id;
        // Whatever has been decided of the author since.
        await _videos.RemoveAsync(Video, RemovalRequest.OfBan(new(Ada, _time.GetUtcNow(), null, null), from: null)).InTime();

        await _queue.DecideAsync(Video, held, publish: true).InTime();

        var comment = Assert.Single(_store.All(Video));
        Assert.Equal(("text", draft.Author, draft.Identity), (comment.Message, comment.Author, comment.Identity));
        Assert.Equal(PostStatus.Repeated, (await _videos.PostAsync(Video, draft).InTime()).Status);
    }
}
