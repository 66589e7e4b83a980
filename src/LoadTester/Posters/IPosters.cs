using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Posters;

/// <summary>
/// All who post, in an open loop: every comment when it is due, however late earlier answers are. If too many wait for one, the next
/// comment waits too, but its latency counts from when it was due.
/// </summary>
internal interface IPosters
{
    /// <summary>What became of the posts so far; a moment of it, while they are made.</summary>
    PosterTotals Totals { get; }

    /// <summary>Posts all comments; ends once all are answered, or that took too long.</summary>
    Task RunAsync(MeasuringWindow window);

    /// <summary>Lets the window be an earlier one than was told: the comments due after its end are not posted.</summary>
    void BeginWindow(MeasuringWindow window);

    /// <summary>Ends the posting early.</summary>
    void Stop();
}
