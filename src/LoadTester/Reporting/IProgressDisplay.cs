namespace LiveComments.LoadTester.Reporting;

/// <summary>Shows how a run goes.</summary>
internal interface IProgressDisplay
{
    void Show(RunProgress progress);
}
