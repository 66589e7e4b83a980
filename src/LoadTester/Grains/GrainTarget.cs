using System.Diagnostics.Metrics;
using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace LiveComments.LoadTester.Grains;

/// <summary>
/// The grains of a cluster, through the Orleans client that its frontends use too: a viewer is a subscription, and posts go in batches. The
/// addresses name the gateways of silos; the other silos are reached through them.
/// </summary>
internal sealed class GrainTarget : ILoadTarget
{
    public void Check(LoadTestOptions options)
    {
        if (options.Urls.Any(url => url.Port < 0))
            throw new LoadTestException("--url must name the port of the gateway, such as orleans://127.0.0.1:30000.");
        if (options.Slow > 0 || options.Churn > 0 || options.Backlog > 0 || options.Processes > 1 || options.Sources.Count > 0
            || options.Removals > 0)
        {
            throw new LoadTestException("--slow, --churn, --removals, --backlog, --processes and --sources are for HTTP.");
        }

        if (options.PostUrls.Count > 0 || options.Http2 || options.Insecure || !options.Requests.IsDefault())
            throw new LoadTestException("--post-url, --http2, --insecure, --any-event and the options of requests are for HTTP.");
    }

    public (ICrowd Viewers, IPosters Posters) Gather(RunPlan plan, CommentLedger ledger)
    {
        var host = BuildHost(plan);
        return (new GrainCrowd(plan, ledger, host), new GrainPosters(plan, ledger, host.Services.GetRequiredService<ILiveVideos>()));
    }

    private static IHost BuildHost(RunPlan plan)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .UseStaticClustering([.. plan.StreamServers.Select(server => server.EndPoint)])
            .Configure<ClusterOptions>(cluster =>
                (cluster.ClusterId, cluster.ServiceId) = (plan.Options.ClusterId, plan.Options.ServiceId)));
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
