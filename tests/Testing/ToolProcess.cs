using System.Text.RegularExpressions;

namespace LiveComments.Testing;

/// <summary>A program that is not ours, as a process that tests need. Disposing of it kills it.</summary>
public sealed class ToolProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private ToolProcess(ChildProcess process, Match ready) => (_process, Ready) = (process, ready);

    /// <summary>The id of the process, for signals.</summary>
    public int Id => _process.Id;

    /// <summary>What matched in the line that says that it is ready.</summary>
    public Match Ready { get; }

    /// <summary>Starts a program and waits until it writes the line that says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it wrote.</exception>
    public static async Task<ToolProcess> StartAsync(string program, IEnumerable<string> arguments, Regex readyLine)
    {
        var process = new ChildProcess(new(program, arguments) { WorkingDirectory = "/" });
        try
        {
            return new(process, await process.WritesAsync(readyLine));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
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
        await _process.SignalAsync(signal);
        await _process.EndsAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
