using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Operations;

/// <summary>What the guard of the operators' pages counts, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class OperatorMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
{
    public const string RefusedName = "livecomments.operators.refused";

    private readonly Counter<long> _refused = meter.CreateCounter<long>(
        RefusedName, "{request}", "Requests for the operators' pages that were refused, by reason.");

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
