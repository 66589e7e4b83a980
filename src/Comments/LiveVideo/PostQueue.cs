using System.Diagnostics;

namespace LiveComments;

/// <summary>The posts of one video that wait for its next append. It is used in the turns of the video alone.</summary>
/// <param name="options">The bounds.</param>
/// <param name="paced">Whether there are limits of posts a second.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
internal sealed class PostQueue(LiveVideoOptions options, bool paced, TimeProvider time, CommentMetrics metrics)
{
    private readonly PostPace _pace = new(paced ? options.PostsPerSecondPerVideo : 0, time);
    private readonly PersonPaces _persons = new(paced ? options.PostsPerSecondPerPerson : 0, time);
    private List<PendingPost> _waiting = [];
    private long? _lastAppend;
    private long _nextTurn;

    /// <summary>Whether no post waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds a post; the outcome is <see cref="PostStatus.Overloaded"/> if too many wait.</summary>
    public Task<PostOutcome> Add(CommentDraft draft)
    {
        if (_waiting.Count >= options.MaxWaitingPostsPerVideo) return Refuse(PostStatus.Overloaded);
        if (draft.Identity?.Person is { } person && !_persons.TryTakeTurn(person)) return Refuse(PostStatus.PersonTooFast);
        if (!_pace.TryTakeTurn(ref _nextTurn)) return Refuse(PostStatus.TooFast);
        var post = new PendingPost(draft, Stopwatch.GetTimestamp());
        _waiting.Add(post);
        return post.Outcome.Task;
    }

    /// <summary>
    /// Takes the posts of the next append, at least one. If the last append started just now it waits, so that more posts share this one.
    /// </summary>
    public async Task<List<PendingPost>> TakeAsync()
    {
        if (_lastAppend is { } last
            && options.AppendInterval - time.GetElapsedTime(last) is var rest
            && rest > TimeSpan.Zero
            && _waiting.Count < options.MaxAppend
            && CountForAppend() == _waiting.Count)
            await Task.Delay(rest, time);
        _lastAppend = time.GetTimestamp();
        var (posts, count) = (_waiting, CountForAppend());
        _waiting = posts[count..];
        return count == posts.Count ? posts : posts[..count];
    }

    private Task<PostOutcome> Refuse(PostStatus status)
    {
        metrics.Refused(status);
        return Task.FromResult(new PostOutcome(status));
    }

    /// <summary>How many of the waiting posts, from the first, the next append carries: what its bounds allow, and at least one.</summary>
    private int CountForAppend()
    {
        var most = Math.Min(_waiting.Count, options.MaxAppend);
        var bytes = 0L;
        for (var count = 0; count < most; count++)
        {
            bytes += _waiting[count].Bytes;
            if (bytes > options.MaxAppendBytes) return Math.Max(count, 1);
        }

        return most;
    }
}

/// <summary>A post on its way into the log.</summary>
/// <param name="Draft">What is posted.</param>
/// <param name="Since">The timestamp at which the video took it.</param>
internal sealed record PendingPost(CommentDraft Draft, long Since)
{
    /// <summary>What it takes in the log, as <see cref="LogEntry.BytesOf"/> counts.</summary>
    public int Bytes { get; } = LogEntry.BytesOf(Draft.Author, Draft.Message, Draft.Key, Draft.Identity, Draft.ReplyTo);

    /// <summary>Its outcome.</summary>
    public TaskCompletionSource<PostOutcome> Outcome { get; } = new();
}
