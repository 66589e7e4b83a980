using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Posters;

/// <summary>
/// Which of the acknowledged comments are removed, and when, at a steady rate: every second one at once, when some viewers may not have had
/// it yet, and the others when all should have.
/// </summary>
internal sealed class RemovalSchedule(double perSecond, MeasuringWindow window)
{
    /// <summary>How long after their acknowledgement the later ones are removed.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    private readonly Pace _pace = new(perSecond, window.PostingStart);
    private readonly Queue<PostedComment> _atOnce = [];
    private readonly Queue<(PostedComment Comment, long Due)> _later = [];

    /// <summary>How many comments wait to be removed.</summary>
    public int Waiting => _atOnce.Count + _later.Count;

    /// <summary>Takes a comment that was acknowledged now, if one is due to be removed.</summary>
    public void Offer(PostedComment comment, long now)
    {
        if (now >= window.End || !_pace.TryTake(now)) return;
        if (_pace.Taken % 2 == 1) _atOnce.Enqueue(comment);
        else _later.Enqueue((comment, now + Clock.Nanoseconds(Later)));
    }

    /// <summary>When the next removal is due; the end of time if none waits.</summary>
    public long NextDue() => _atOnce.Count > 0 ? 0 : _later.TryPeek(out var next) ? next.Due : long.MaxValue;

    /// <summary>Takes the next comment to remove, if one is due.</summary>
    public bool TryTake(long now, out PostedComment comment)
    {
        if (_atOnce.TryDequeue(out comment)) return true;
        if (NextDue() > now) return false;
        comment = _later.Dequeue().Comment;
        return true;
    }
}
