using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.Silo.Tests;

/// <summary>
/// A Redis of our own, in a temporary folder and on a free port of 127.0.0.1; all that it holds is in memory, and gone afterwards. It needs
/// Debian's package <c>redis-server</c>.
/// </summary>
public sealed partial class RedisServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("livecomments-redis-");
    private readonly int _port = FreePort.Next();
    private ToolProcess? _server;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString => $"127.0.0.1:{_port}";

    /// <inheritdoc/>
    public async Task InitializeAsync() => _server = await ToolProcess.StartAsync(
        "redis-server",
        ["--bind", "127.0.0.1", "--port", $"{_port}", "--dir", _folder.FullName, "--save", "", "--appendonly", "no"],
        ReadyLine());

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("Ready to accept connections")]
    private static partial Regex ReadyLine();
}
