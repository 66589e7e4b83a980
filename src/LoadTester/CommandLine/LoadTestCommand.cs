using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LiveComments.LoadTester.Reporting;
using Spectre.Console;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>The program as seen from its command line.</summary>
internal static class LoadTestCommand
{
    /// <summary>Runs it and returns its <see cref="ExitCode"/>. Never throws for what the user did.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, IAnsiConsoleOutput output, TextWriter error)
    {
        var options = new LoadTestOptionSet();
        var command = new RootCommand("Plays the crowd of a live-comments server: viewers and posters.");
        options.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            options.Read(parsed), parsed.GetValue(options.Json), CreateConsole(output), stop));
        foreach (var help in command.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);

        var result = command.Parse(arguments);
        if (result.Action is ParseErrorAction)
        {
            await error.WriteLineAsync(result.Errors[0].Message.ReplaceLineEndings(" "));
            return ExitCode.BadOptions;
        }

        try
        {
            return await result.InvokeAsync(
                new InvocationConfiguration { Output = output.Writer, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (LoadTestException impossible)
        {
            await error.WriteLineAsync(impossible.Message);
            return impossible.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before the end: no result.");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunAsync(
        LoadTestOptions options, string? json, IAnsiConsole console, CancellationToken stop)
    {
        var target = ServerUrl.FindTarget(options.Urls[0].Scheme)!;
        await using var file = json is null ? null : ResultJson.Create(json);
        var result = console.Profile.Out.IsTerminal
            ? await console.Status().AutoRefresh(false).StartAsync(
                "starting", status => LoadTest.RunAsync(target, options, new TerminalProgress(status), stop))
            : await LoadTest.RunAsync(target, options, new PlainProgress(console.Profile.Out.Writer), stop);
        ResultTable.Write(console, result);
        if (file is not null) await ResultJson.WriteAsync(file, result);

        return result.Faults.Count == 0 ? ExitCode.Passed : ExitCode.Failed;
    }

    private static IAnsiConsole CreateConsole(IAnsiConsoleOutput output)
    {
        var settings = new AnsiConsoleSettings { Out = output };
        if (!output.IsTerminal)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
        }

        var console = AnsiConsole.Create(settings);
        if (!output.IsTerminal)
        {
            // A file does not wrap.
            console.Profile.Width = 160;
        }

        return console;
    }
}
