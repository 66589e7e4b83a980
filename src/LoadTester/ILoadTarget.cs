using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester;

/// <summary>The way that a crowd reaches the live videos under test.</summary>
internal interface ILoadTarget
{
    /// <summary>Looks whether such a run can be.</summary>
    /// <exception cref="LoadTestException">It cannot.</exception>
    void Check(LoadTestOptions options);

    /// <summary>Gathers the viewers, who begin to connect, and the posters, who wait. The crowd is to be disposed of.</summary>
    (ICrowd Viewers, IPosters Posters) Gather(RunPlan plan, CommentLedger ledger);
}
