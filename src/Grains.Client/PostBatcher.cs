using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>
/// The posts of this frontend to one video. One call is under way at a time, and posts that come meanwhile share the next: a lone post does
/// not wait, and a busy video needs few calls. As many may wait as at the owner: one that does not answer stops no other video.
/// </summary>
internal sealed class PostBatcher(ILiveVideoGrain video, LiveVideoOptions options, CommentMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Queue<WaitingPost> _waiting = [];
    private bool _calling;

    /// <summary>Whether anything was posted.</summary>
    public bool HasPosted { get; private set; }

    /// <summary>Posts a comment; refused where too many wait.</summary>
    public Task<PostOutcome> PostAsync(CommentDraft draft)
    {
        var post = new WaitingPost(draft);
        lock (_gate)
        {
            HasPosted = true;
            if (_waiting.Count >= options.MaxWaitingPostsPerVideo)
            {
                metrics.Refused(PostStatus.Overloaded);
                return Task.FromResult(new PostOutcome(PostStatus.Overloaded));
            }

            _waiting.Enqueue(post);
            if (_calling) return post.Outcome.Task;
            _calling = true;
        }

        _ = CallAsync();
        return post.Outcome.Task;
    }

    private async Task CallAsync()
    {
        while (TakeWaiting() is { } posts)
        {
            try
            {
                var answers = await video.PostAsync(new([.. posts.Select(post => post.Draft)]));
                // An owner that answers fewer than it was asked leaves no poster without an answer.
                for (var i = 0; i < posts.Count; i++)
                    posts[i].Outcome.SetResult(i < answers.Outcomes.Length ? answers.Outcomes[i] : new(PostStatus.Unavailable));
            }
            catch (Exception exception) when (ClusterErrors.Is(exception))
            {
                // Whether they reached the log is not known; a key tells when they are posted again.
                foreach (var post in posts) post.Outcome.SetResult(new(PostStatus.Unavailable));
            }
            catch (Exception unexpected)
            {
                foreach (var post in posts) post.Outcome.SetException(unexpected);
            }
        }
    }

    private List<WaitingPost>? TakeWaiting()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _calling = false;
                return null;
            }

            var posts = new List<WaitingPost>(Math.Min(_waiting.Count, options.MaxAppend));
            while (posts.Count < options.MaxAppend && _waiting.TryDequeue(out var post)) posts.Add(post);
            return posts;
        }
    }

    private sealed record WaitingPost(CommentDraft Draft)
    {
        public TaskCompletionSource<PostOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
