using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Viewers;

/// <summary>Who of one share of the crowd is there: joins them at the ramp's pace, and lets some scroll on.</summary>
internal sealed class ViewerPopulation(ViewerContext context, CrowdShare share, ViewerSockets sockets)
{
    // More at once would overflow the server's queue of connections not yet accepted, often 512 long.
    private const int MaxUnanswered = 256;

    private static readonly long AnswerTimeout = Clock.Nanoseconds(TimeSpan.FromSeconds(30));

    // A viewer that left at once would not see a repeat of its last comment.
    private static readonly long MinimumLinger = Clock.Nanoseconds(TimeSpan.FromMilliseconds(200));

    private readonly LoadTestOptions _options = context.Plan.Options;
    private readonly long _patience = Clock.Nanoseconds(context.Plan.Options.Drain);
    private readonly Pace _ramp = new(context.Plan.Options.Ramp / share.Count, Clock.Now);
    private readonly List<Viewer> _unanswered = [];
    private readonly List<Viewer> _watching = [];
    private readonly List<Viewer> _leaving = [];
    private Pace? _churn;
    private int _connections;

    /// <summary>Whether every viewer of the share is connected or has failed to.</summary>
    public bool IsRampOver => _ramp.Taken >= share.Of(_options.Viewers) && _unanswered.Count == 0;

    /// <summary>Whether nobody is there any more.</summary>
    public bool IsEmpty => _unanswered.Count + _watching.Count + _leaving.Count == 0;

    /// <summary>Lets viewers join and leave when they are due.</summary>
    public void Tick()
    {
        while (_unanswered.Count < MaxUnanswered && _ramp.Taken < share.Of(_options.Viewers) && _ramp.TryTake(context.Now))
        {
            var number = share.Number((int)_ramp.Taken - 1);
            var isSlow = (long)number * _options.Slow / _options.Viewers != (number + 1L) * _options.Slow / _options.Viewers;
            Join(context.Plan.Law.OfViewer(number, _options.Viewers), isSlow);
        }

        if (context.Window is { } window && _options.Churn > 0)
        {
            _churn ??= new Pace(_options.Churn / share.Count, window.PostingStart);
            while (context.Now < window.End && _unanswered.Count < MaxUnanswered && _churn.TryTake(context.Now)) ScrollOn();
        }

        SortOut();
    }

    /// <summary>Lets everybody leave as soon as they have what was posted. Slow viewers read on.</summary>
    public void LeaveAll()
    {
        foreach (var viewer in _watching)
        {
            var wasStalled = viewer.IsStalled;
            Leave(viewer);
            if (wasStalled) sockets.Receive(viewer, toTheEnd: true);
        }

        _watching.Clear();
        SortOut();
    }

    /// <summary>Ends everybody now; what they lack is missing.</summary>
    public void EndAll()
    {
        _unanswered.ForEach(viewer => viewer.Fail("no answer"));
        _watching.ForEach(viewer => viewer.Finish());
        _leaving.ForEach(viewer => viewer.Finish());
        SortOut();
    }

    private void ScrollOn()
    {
        if (_watching.Count == 0) return;
        var index = Random.Shared.Next(_watching.Count);
        var viewer = _watching[index];
        if (viewer.IsSlow) return;
        _watching[index] = _watching[^1];
        _watching.RemoveAt(_watching.Count - 1);
        if (viewer.State == ViewerState.Gone) return;
        Leave(viewer);
        context.Totals.Left++;
        Join(context.Plan.Law.AtShare(Random.Shared.NextDouble()), isSlow: false);
    }

    private void Join(int video, bool isSlow)
    {
        var viewer = new Viewer(context, share.Number(_connections++), video, isSlow);
        if (viewer.State != ViewerState.Gone)
        {
            sockets.Add(viewer);
            _unanswered.Add(viewer);
        }
    }

    private void Leave(Viewer viewer)
    {
        viewer.Leave();
        _leaving.Add(viewer);
    }

    private void SortOut()
    {
        _unanswered.RemoveAll(viewer =>
        {
            if (viewer.State == ViewerState.Watching) _watching.Add(viewer);
            else if (context.Now - viewer.Since > AnswerTimeout) viewer.Fail("no answer");

            return viewer.State is ViewerState.Watching or ViewerState.Gone;
        });
        _leaving.RemoveAll(viewer =>
        {
            var since = context.Now - viewer.Since;
            if (since > _patience || (since > MinimumLinger && viewer.IsComplete())) viewer.Finish();

            return viewer.State == ViewerState.Gone;
        });
    }
}
