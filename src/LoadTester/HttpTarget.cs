using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester;

/// <summary>Servers over HTTP/1.1 or HTTP/2, in the clear or over TLS, one connection for each viewer.</summary>
internal sealed class HttpTarget : ILoadTarget
{
    public void Check(LoadTestOptions options) => SystemCheck.Check(options);

    public (ICrowd Viewers, IPosters Posters) Gather(RunPlan plan, CommentLedger ledger) =>
        (plan.Options.Processes == 1
                ? new LocalCrowd(plan, ledger, new CrowdShare(0, 1), threads: Math.Clamp(Environment.ProcessorCount / 2, 1, 8))
                : new ProcessCrowd(plan, ledger),
            new PosterLoop(plan, ledger));
}
