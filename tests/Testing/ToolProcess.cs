using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveComments.Testing;

/// <summary>A program that is not ours, as a process that tests need. Disposing of it kills it.</summary>
public sealed class ToolProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Regex _readyLine;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource<Match> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ToolProcess(string program, IEnumerable<string> arguments, Regex readyLine)
    {
        _readyLine = readyLine;
        _process = new Process
        {
            StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" },
        };
        // Read on for as long as it runs, or it would stand still at a full pipe.
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The id of the process, for signals.</summary>
    public int Id => _process.Id;

    /// <summary>What matched in the line that says that it is ready.</summary>
    public Match Ready => _ready.Task.Result;

    /// <summary>Starts a program and waits until it writes the line that says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public static async Task<ToolProcess> StartAsync(string program, IEnumerable<string> arguments, Regex readyLine)
    {
        var tool = new ToolProcess(program, arguments, readyLine);
        if (await Task.WhenAny(tool._ready.Task, tool._process.WaitForExitAsync()).InTime() == tool._ready.Task) return tool;

        await using (tool)
            throw new InvalidOperationException($"{program} did not start:\n{string.Join('\n', tool._output)}");
    }

    /// <summary>
    /// Starts a program of an npm package, given as its path under <c>node_modules</c>. The packages are in the folder that
    /// <c>LIVECOMMENTS_TOOLS</c> names, <c>~/.cache/live-comments</c> by default; <c>deploy/tools.sh</c> puts them there.
    /// </summary>
    /// <exception cref="InvalidOperationException">The package is missing, or the program ended.</exception>
    public static Task<ToolProcess> StartNodeAsync(string script, IEnumerable<string> arguments, Regex readyLine)
    {
        var tools = Environment.GetEnvironmentVariable("LIVECOMMENTS_TOOLS")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "live-comments");
        var path = Path.Combine(tools, "node_modules", script);
        if (!File.Exists(path)) throw new InvalidOperationException($"{path} is missing: run deploy/tools.sh.");
        return StartAsync("node", [path, .. arguments], readyLine);
    }

    /// <summary>Asks the process to end, with a signal such as <c>TERM</c>, and completes when it has.</summary>
    public async Task StopAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync().InTime();
        await _process.WaitForExitAsync().InTime();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        if (!_ready.Task.IsCompleted) _output.Enqueue(line);
        if (_readyLine.Match(line) is { Success: true } match) _ready.TrySetResult(match);
    }
}
