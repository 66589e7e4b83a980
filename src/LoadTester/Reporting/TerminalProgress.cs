using Spectre.Console;

namespace LiveComments.LoadTester.Reporting;

/// <summary>One line that changes in place.</summary>
internal sealed class TerminalProgress(StatusContext status) : IProgressDisplay
{
    public void Show(RunProgress progress) => status.Status(Markup.Escape(progress.ToString()));
}
