using LiveComments.HttpContract;

namespace LiveComments.Client.Tests;

/// <summary>The real program on a database and a port of its own: it comes back where it was after it is killed.</summary>
public sealed class CommentsServer : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private ServerProcess? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    /// <inheritdoc/>
    public Task InitializeAsync() => StartAsync();

    /// <summary>Starts it, for the first time or again.</summary>
    public async Task StartAsync() => _process = await ServerProcess.StartAsync(
        new System.Diagnostics.ProcessStartInfo("dotnet", [Program, "--urls", $"{Address}", $"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}", .. ContractTarget.Settings]));

    /// <summary>Ends it at once, with SIGKILL.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await _process.DisposeAsync();
    }

    /// <summary>A client of it.</summary>
    public LiveCommentsClient NewClient(AskForToken? token = null) => new(new() { Server = Address, Token = token });

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
