using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>
/// The posts of this frontend to one video. One call is under way at a time, and posts that come meanwhile share the next: a lone post does
/// not wait, and a busy video needs few calls.
/// </summary>
internal sealed class PostBatcher(ILiveVideoGrain video, int mostInACall)
{
    private readonly Lock _gate = new();
    private readonly Queue<WaitingPost> _waiting = [];
    private bool _calling;

    /// <summary>Whether anything was posted.</summary>
    public bool HasPosted { get; private set; }

    /// <summary>Posts a comment.</summary>
    public Task<PostOutcome> PostAsync(CommentDraft draft)
    {
        var post = new WaitingPost(draft);
        lock (_gate)
        {
            HasPosted = true;
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
                foreach (var (post, outcome) in posts.Zip(answers.Outcomes)) post.Outcome.SetResult(outcome);
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

            var posts = new List<WaitingPost>(Math.Min(_waiting.Count, mostInACall));
            while (posts.Count < mostInACall && _waiting.TryDequeue(out var post)) posts.Add(post);
            return posts;
        }
    }

    private sealed record WaitingPost(CommentDraft Draft)
    {
        public TaskCompletionSource<PostOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
