using System.Diagnostics.Metrics;
using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveComments.LoadTester.Orleans;

/// <summary>
/// The grains of a cluster on this machine, through the Orleans client that its frontends use too: a viewer is a subscription, and
/// posts go in batches. The address names a silo's gateway; the others are reached through it.
/// </summary>
internal sealed class OrleansTarget : ILoadTarget
{
    public Uri Example { get; } = new("orleans://127.0.0.1:30000");

    public void Check(LoadTestOptions options)
    {
        if (options.Slow > 0 || options.Churn > 0 || options.Backlog > 0 || options.Processes > 1 || options.Sources.Count > 0)
        {
            throw new LoadTestException("--slow, --churn, --backlog, --processes and --sources are for HTTP.");
        }
    }

    public (ICrowd Viewers, IPosters Posters) Gather(RunPlan plan, CommentLedger ledger)
    {
        var host = BuildHost(plan.Options);
        return (new GrainCrowd(plan, ledger, host), new GrainPosters(plan, ledger, host.Services.GetRequiredService<ILiveVideos>()));
    }

    private static IHost BuildHost(LoadTestOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(options.Url.Port));
        builder.Services
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SubscriptionOptions())
            .AddSingleton(new LiveVideoOptions())
            .AddSingleton(provider =>
                new CommentMetrics(provider.GetRequiredService<IMeterFactory>().Create(CommentMetrics.MeterName)))
            .AddSingleton<FrontendLink>()
            .AddHostedService(provider => provider.GetRequiredService<FrontendLink>())
            .AddSingleton<ILiveVideos, ClusterLiveVideos>();
        return builder.Build();
    }
}
