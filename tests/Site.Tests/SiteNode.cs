using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

/// <summary>One node of a site, which keeps its name and its address over its deaths.</summary>
internal sealed class SiteNode(string name, IReadOnlyList<string> settings) : IAsyncDisposable
{
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private ServerProcess? _process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public ServerProcess? Process => _process;

    public async Task StartAsync() =>
        _process = await ServerProcess.StartAsync(Program, ["--urls", $"{Address}", $"--Node:Name={name}", .. settings]);

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
