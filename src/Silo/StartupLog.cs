using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LiveComments.Silo;

/// <summary>Says in the log what has started.</summary>
internal sealed partial class StartupLog(
    Role role,
    IConfiguration configuration,
    LimitsOptions limits,
    IServer server,
    IHostApplicationLifetime lifetime,
    ILogger<StartupLog> log)
    : IHostedService
{
    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Log);
        return Task.CompletedTask;
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Log()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var store = role.OwnsVideos() ? configuration.ReadStore() : "none";
        LogStarted(ThisProgram.Version, role.Name(), store, string.Join(", ", addresses), limits.MaxViewers, limits.PostsPerSecond);
        foreach (var section in SettingsCheck.FindUnread(configuration)) LogUnread(section);
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "LiveComments {Version} started. Role: {Role}. Store: {Store}. Addresses: {Addresses}. "
        + "Limits: {MaxViewers} viewers, {PostsPerSecond} posts a second for each address.")]
    private partial void LogStarted(string version, string role, string store, string addresses, int maxViewers, int postsPerSecond);

    [LoggerMessage(2, LogLevel.Warning, "Nothing reads the section {Section} that environment variables set. Is its name misspelt?")]
    private partial void LogUnread(string section);
}
