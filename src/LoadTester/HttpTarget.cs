using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester;

/// <summary>A server over HTTP, as viewers and posters at large reach it.</summary>
internal sealed class HttpTarget : ILoadTarget
{
    public Uri Example { get; } = new("http://127.0.0.1:5000");

    public void Check(LoadTestOptions options) => SystemCheck.Check(options);

    public (ICrowd Viewers, IPosters Posters) Gather(RunPlan plan, CommentLedger ledger) =>
        (plan.Options.Processes == 1
                ? new LocalCrowd(plan, ledger, new CrowdShare(0, 1), threads: Math.Clamp(Environment.ProcessorCount / 2, 1, 8))
                : new ProcessCrowd(plan, ledger),
            new PosterLoop(plan, ledger));
}
