using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <summary>What a worker process is told first: a line of JSON on its standard input.</summary>
/// <param name="Options">Of the whole run.</param>
/// <param name="Run">The run's name.</param>
/// <param name="LedgerPath">Where the ledger lies.</param>
/// <param name="Share">Its share of the viewers.</param>
internal sealed record WorkerSetup(LoadTestOptions Options, string Run, string LedgerPath, CrowdShare Share);

/// <summary>What a worker process is told later: one of these, a line each.</summary>
/// <param name="Window">Posting starts.</param>
/// <param name="DrainUntil">Posting is over.</param>
internal sealed record WorkerOrder(MeasuringWindow? Window = null, long? DrainUntil = null);

/// <summary>What a worker process says: one of these, a line each on its standard output.</summary>
/// <param name="Progress">Where its viewers stand.</param>
/// <param name="IsConnected">Every viewer is connected, or has failed to.</param>
/// <param name="Totals">All is over.</param>
internal sealed record WorkerReport(CrowdProgress? Progress = null, bool IsConnected = false, ViewerTotals? Totals = null);
