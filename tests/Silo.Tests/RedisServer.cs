using System.Diagnostics;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>
/// A Redis of our own, in a temporary folder and on a free port of 127.0.0.1; all that it holds is in memory, and gone afterwards. It needs
/// Debian's package <c>redis-server</c>.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("livecomments-redis-");
    private readonly int _port = FreePort.Next();
    private Process? _server;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString => $"127.0.0.1:{_port}";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _server = Process.Start(new ProcessStartInfo(
            "redis-server", ["--bind", "127.0.0.1", "--port", $"{_port}", "--dir", _folder.FullName, "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        })!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lines = new List<string>();
        // Read on for as long as it runs, or it would stand still at a full pipe.
        _server.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException($"redis-server ended:\n{string.Join('\n', lines)}"));
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal)) ready.TrySetResult();
            else if (!ready.Task.IsCompleted) lines.Add(line.Data);
        };
        _server.BeginOutputReadLine();
        await ready.Task.InTime();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync().InTime();
            _server.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
