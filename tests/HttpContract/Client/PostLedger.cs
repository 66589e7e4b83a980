using System.Collections.Concurrent;

namespace LiveComments.HttpContract.Client;

/// <summary>A post that a test has begun. Every post of a test has a message of its own.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Key">Its idempotency key, if any.</param>
/// <param name="Newest">The greatest id that was acknowledged on the live video before it began.</param>
public sealed record BegunPost(string Message, string? Key, long Newest)
{
    /// <summary>The comment that the server answered with; null while it has not.</summary>
    public PostedComment? Acknowledged { get; set; }
}

/// <summary>What a test knows about one live video: which posts it began, and which were acknowledged.</summary>
public sealed class PostLedger
{
    private readonly ConcurrentQueue<BegunPost> _posts = [];
    private readonly Lock _gate = new();
    private long _newest;

    /// <summary>The live video.</summary>
    public string Video { get; } = CommentsClient.NewVideo();

    /// <summary>The posts begun so far.</summary>
    public IReadOnlyCollection<BegunPost> Posts => _posts;

    /// <summary>Notes a post that is about to be sent.</summary>
    public BegunPost Begin(string message, string? key = null)
    {
        var post = new BegunPost(message, key, Volatile.Read(ref _newest));
        _posts.Enqueue(post);
        return post;
    }

    /// <summary>Notes the comment that a post created.</summary>
    public void Acknowledge(BegunPost post, PostedComment comment)
    {
        Assert.True(comment.Number > post.Newest, $"{comment.Id} was posted after {post.Newest} was acknowledged.");
        post.Acknowledged = comment;
        lock (_gate)
            _newest = Math.Max(_newest, comment.Number);
    }

    /// <summary>
    /// Checks a history, oldest first: every acknowledged comment is there as it was acknowledged, every other post at most
    /// once, nothing else, and ids rise.
    /// </summary>
    public void AssertKeptIn(IReadOnlyList<PostedComment> history)
    {
        Assert.Equal(history.OrderBy(comment => comment.Number), history);
        Assert.Distinct(history.Select(comment => comment.Id));
        Assert.Distinct(history.Select(comment => comment.Message));
        Assert.Empty(_posts.Select(post => post.Acknowledged).OfType<PostedComment>().Except(history));
        Assert.Empty(history.Select(comment => comment.Message).Except(_posts.Select(post => post.Message)));
    }
}
