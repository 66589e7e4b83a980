using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveComments.Testing;

/// <summary>
/// A DynamoDB of our own: dynalite as a process, on a free port of 127.0.0.1, its tables in memory. Disposing of it kills it. It needs Node and the
/// package <c>dynalite</c> in the folder that <c>LIVECOMMENTS_TOOLS</c> names, <c>~/.cache/live-comments</c> by default; <c>deploy/tools.sh</c> puts it there.
/// </summary>
public sealed partial class Dynalite : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Dynalite(string script)
    {
        _process = new Process
        {
            // As a number 0 would be taken for none; as text it is any free port.
            StartInfo = new("node", [script, "--host", "127.0.0.1", "--port", " 0", "--createTableMs", "0"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _listening.Task.Result;

    private static string Script
    {
        get
        {
            var tools = Environment.GetEnvironmentVariable("LIVECOMMENTS_TOOLS")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "live-comments");
            var script = Path.Combine(tools, "node_modules", "dynalite", "cli.js");
            return File.Exists(script) ? script : throw new InvalidOperationException($"{script} is missing: run deploy/tools.sh.");
        }
    }

    /// <summary>Starts one and waits until it says where it listens.</summary>
    public static async Task<Dynalite> StartAsync()
    {
        var dynalite = new Dynalite(Script);
        if (await Task.WhenAny(dynalite._listening.Task, dynalite._process.WaitForExitAsync()).InTime() == dynalite._listening.Task)
            return dynalite;

        await using (dynalite)
            throw new InvalidOperationException($"dynalite did not start:\n{string.Join('\n', dynalite._output)}");
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
        _output.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } match) _listening.TrySetResult(new(match.Groups[1].Value));
    }

    [GeneratedRegex("listening at: (http://127\\.0\\.0\\.1:[0-9]+)")]
    private static partial Regex ListeningLine();
}
