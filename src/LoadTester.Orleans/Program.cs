using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Orleans;
using Spectre.Console;

return await LoadTestCommand.RunAsync(new OrleansTarget(), args, new AnsiConsoleOutput(Console.Out), Console.Error);
