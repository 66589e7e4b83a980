using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>One of our programs as a process of its own, on a free port of 127.0.0.1. Disposing of it kills it.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
        : this(new("dotnet", [program, "--urls", "http://127.0.0.1:0", .. arguments]), environment ?? new Dictionary<string, string>())
    {
    }

    private ServerProcess(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        _process = new Process { StartInfo = start };
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where the server listens.</summary>
    public Uri Address => _listening.Task.Result;

    /// <summary>The lines that the process has written so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Starts a program and waits until it says where it listens.</summary>
    /// <param name="program">The path of the program's assembly.</param>
    /// <param name="arguments">Its command line; <c>--urls</c> is given already.</param>
    /// <exception cref="InvalidOperationException">It ended instead, or does not say so.</exception>
    public static Task<ServerProcess> StartAsync(string program, params IEnumerable<string> arguments) =>
        StartAsync(program, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a program with these environment variables besides our own, and waits until it says where it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or does not say so.</exception>
    public static Task<ServerProcess> StartAsync(
        string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new ServerProcess(program, arguments, environment).StartedAsync();

    /// <summary>Starts a program that is told in its own way to listen on 127.0.0.1, and waits until it says where it does.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or does not say so.</exception>
    public static Task<ServerProcess> StartAsync(ProcessStartInfo start) =>
        new ServerProcess(start, new Dictionary<string, string>()).StartedAsync();

    /// <summary>Runs a program that cannot start, and gives its exit code and the lines that it wrote.</summary>
    /// <exception cref="InvalidOperationException">It started.</exception>
    public static async Task<(int ExitCode, IReadOnlyCollection<string> Output)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var server = new ServerProcess(program, arguments);
        var exit = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._listening.Task, exit).InTime() != exit)
            throw new InvalidOperationException("The server has started all the same.");
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>Completes when the process has written a line with this text.</summary>
    public async Task WritesAsync(string text)
    {
        while (true)
        {
            var written = Volatile.Read(ref _written).Task;
            if (_output.Any(line => line.Contains(text, StringComparison.Ordinal))) return;
            await written.InTime();
        }
    }

    /// <summary>Asks the process to end, with SIGTERM, and gives its exit code when it has.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync().InTime();
        return _process.ExitCode;
    }

    /// <summary>Stops the process where it is, with SIGSTOP: its sockets stay open, and nothing comes from them.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets a process that was stopped go on, with SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Ends the process at once, with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().InTime();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A test may end a process that its cluster ends as well.
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await KillAsync();
        _process.Dispose();
    }

    private async Task<ServerProcess> StartedAsync()
    {
        await Task.WhenAny(_listening.Task, _process.WaitForExitAsync(), Task.Delay(Patience.Limit));
        if (_listening.Task.IsCompleted)
            return this;

        await using (this)
            throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', Output)}");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync().InTime();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        Interlocked.Exchange(ref _written, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (ListeningLine().Match(line) is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex ListeningLine();
}
