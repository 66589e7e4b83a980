namespace LiveComments.LoadTester.Reporting;

/// <summary>A line each time, for output that is no terminal.</summary>
internal sealed class PlainProgress(TextWriter output) : IProgressDisplay
{
    public void Show(RunProgress progress) => output.WriteLine(progress);
}
