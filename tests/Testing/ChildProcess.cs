using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveComments.Testing;

/// <summary>A program that a test started, and the lines that it writes. Disposing of it kills it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private TaskCompletionSource _written = NewSignal();
    private int _disposed;

    /// <summary>Starts a program.</summary>
    public ChildProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = new Process { StartInfo = start };
        // Read on for as long as it runs, or it would stand still at a full pipe.
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The lines that it has written so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start, TimeSpan? limit = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(limit ?? Patience.Limit);
            return (process.ExitCode, await output.InTime(), await errors.InTime());
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Completes when it has written a line that matches, with what matched.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public async Task<Match> WritesAsync(Regex line)
    {
        var exit = _process.WaitForExitAsync();
        while (true)
        {
            var (written, hasEnded) = (Volatile.Read(ref _written).Task, exit.IsCompleted);
            foreach (var candidate in _output)
                if (line.Match(candidate) is { Success: true } match) return match;
            if (hasEnded)
                throw new InvalidOperationException(
                    $"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{string.Join('\n', _output)}");
            await Task.WhenAny(written, exit).InTime();
        }
    }

    /// <summary>Completes when it has ended, with its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        await _process.WaitForExitAsync().InTime();
        return _process.ExitCode;
    }

    /// <summary>Sends a signal such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal) => await RunAsync(new("kill", [$"-{signal}", $"{Id}"]));

    /// <summary>Ends the process at once.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndsAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A test may end a process that its fixture ends as well.
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        Interlocked.Exchange(ref _written, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
