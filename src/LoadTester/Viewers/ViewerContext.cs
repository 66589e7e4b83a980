using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Viewers;

/// <summary>What the viewers of one thread share.</summary>
internal sealed class ViewerContext(RunPlan plan, CommentLedger ledger)
{
    private MeasuringWindow? _window;

    public RunPlan Plan => plan;

    public CommentLedger Ledger => ledger;

    public CommentFinder Finder { get; } = new(ledger);

    public ViewerTotals Totals { get; } = new();

    /// <summary>When the last read returned.</summary>
    public long Now { get; set; } = Clock.Now;

    /// <summary>Null until the posting starts; set by another thread.</summary>
    public MeasuringWindow? Window
    {
        get => Volatile.Read(ref _window);
        set => Volatile.Write(ref _window, value);
    }
}
