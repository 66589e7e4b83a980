using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveComments.HttpContract;

/// <summary>One of our programs as a process of its own, on a free port of 127.0.0.1. Disposing of it kills it.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private ServerProcess(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; }

    /// <summary>The lines that the process has written so far.</summary>
    public IReadOnlyCollection<string> Output => _process.Output;

    /// <summary>Starts a program and waits until it says where it listens.</summary>
    /// <param name="program">The path of the program's assembly.</param>
    /// <param name="arguments">Its command line; <c>--urls</c> is given already.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public static Task<ServerProcess> StartAsync(string program, params IEnumerable<string> arguments) =>
        StartAsync(OnFreePort(program, arguments));

    /// <summary>Starts a program with these environment variables besides our own, and waits until it says where it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public static Task<ServerProcess> StartAsync(
        string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = OnFreePort(program, arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return StartAsync(start);
    }

    /// <summary>Starts a program that is told in its own way to listen on 127.0.0.1, and waits until it says where it does.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start)
    {
        var process = new ChildProcess(start);
        try
        {
            var listening = await process.WritesAsync(ListeningLine());
            return new(process, new(listening.Groups[1].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program that cannot start, and gives its exit code and the lines that it wrote.</summary>
    /// <exception cref="InvalidOperationException">It started.</exception>
    public static async Task<(int ExitCode, IReadOnlyCollection<string> Output)> RunAsync(
        string program, params IEnumerable<string> arguments)
    {
        await using var process = new ChildProcess(OnFreePort(program, arguments));
        try
        {
            await process.WritesAsync(ListeningLine());
        }
        catch (InvalidOperationException)
        {
            return (await process.EndsAsync(), process.Output);
        }

        throw new InvalidOperationException("The server has started all the same.");
    }

    /// <summary>Completes when the process has written a line with this text.</summary>
    public Task WritesAsync(string text) => _process.WritesAsync(new(Regex.Escape(text)));

    /// <summary>Asks the process to end, with SIGTERM, and gives its exit code when it has.</summary>
    public async Task<int> TerminateAsync()
    {
        await _process.SignalAsync("TERM");
        return await _process.EndsAsync();
    }

    /// <summary>Stops the process where it is, with SIGSTOP: its sockets stay open, and nothing comes from them.</summary>
    public Task PauseAsync() => _process.SignalAsync("STOP");

    /// <summary>Lets a process that was stopped go on, with SIGCONT.</summary>
    public Task ContinueAsync() => _process.SignalAsync("CONT");

    /// <summary>Ends the process at once, with SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ProcessStartInfo OnFreePort(string program, IEnumerable<string> arguments) =>
        new("dotnet", [program, "--urls", "http://127.0.0.1:0", .. arguments]);

    [GeneratedRegex(@"Now listening on: (https?://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex ListeningLine();
}
