using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Crowd;
using Spectre.Console;

if (args is [CrowdWorker.Command])
{
    // Console.In would block where it is awaited.
    using var orders = new StreamReader(Console.OpenStandardInput());
    await CrowdWorker.RunAsync(orders, Console.Out);
    return ExitCode.Passed;
}

return await LoadTestCommand.RunAsync(args, new AnsiConsoleOutput(Console.Out), Console.Error);
