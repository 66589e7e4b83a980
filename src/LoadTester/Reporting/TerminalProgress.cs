using Spectre.Console;

namespace LiveComments.LoadTester.Reporting;

/// <summary>One line that changes in place; drawn only when it changes, as a spinner takes a tenth of a core.</summary>
internal sealed class TerminalProgress(StatusContext status) : IProgressDisplay
{
    public void Show(RunProgress progress)
    {
        status.Status(Markup.Escape(progress.ToString()));
        status.Refresh();
    }
}
