using System.Text.RegularExpressions;

namespace LiveComments.Testing;

/// <summary>
/// A DynamoDB of our own: dynalite as a process, on a free port of 127.0.0.1, its tables in memory. Disposing of it kills it. It needs Node
/// and the npm package <c>dynalite</c>.
/// </summary>
public sealed partial class Dynalite : IAsyncDisposable
{
    private readonly ToolProcess _process;

    private Dynalite(ToolProcess process) => (_process, Address) = (process, new(process.Ready.Groups[1].Value));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one and waits until it says where it listens.</summary>
    public static async Task<Dynalite> StartAsync() =>
        // As a number 0 would be taken for none; as text it is any free port.
        new(await ToolProcess.StartNodeAsync(
            "dynalite/cli.js", ["--host", "127.0.0.1", "--port", " 0", "--createTableMs", "0"], ListeningLine()));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex("listening at: (http://127\\.0\\.0\\.1:[0-9]+)")]
    private static partial Regex ListeningLine();
}
