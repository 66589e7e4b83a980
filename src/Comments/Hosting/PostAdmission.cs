namespace LiveComments;

/// <summary>Bounds how many posts of all videos wait on this node at once. Safe for use by many threads at once.</summary>
/// <param name="most">The most posts that may wait, at least 1.</param>
/// <param name="metrics">Where refusals are counted.</param>
internal sealed class PostAdmission(int most, CommentMetrics metrics)
{
    private int _waiting;

    /// <summary>Takes a place for one post until <see cref="Leave"/>; false, and counted as refused, if all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _waiting) <= most) return true;
        Leave();
        metrics.Refused(PostStatus.Overloaded);
        return false;
    }

    /// <summary>Gives back what <see cref="TryEnter"/> took.</summary>
    public void Leave() => Interlocked.Decrement(ref _waiting);
}
