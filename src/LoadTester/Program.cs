using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Crowd;

if (args is [CrowdWorker.Command])
{
    await CrowdWorker.RunAsync(Console.In, Console.Out);
    return ExitCode.Passed;
}

return await LoadTestCommand.RunAsync(args, Console.Out, Console.Error);
