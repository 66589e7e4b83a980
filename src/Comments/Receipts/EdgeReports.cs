namespace LiveComments;

/// <summary>The last reports of edges, of so many removals, in memory. Safe for use by many threads at once.</summary>
internal sealed class EdgeReports(int mostRemovals)
{
    // More edges of one video are none that anybody runs.
    private const int MostEdges = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(LiveVideoId Video, CommentId Removal), Dictionary<Guid, ReceiptShare>> _reports = [];
    private readonly Queue<(LiveVideoId Video, CommentId Removal)> _order = [];

    /// <summary>Keeps a report, in the place of an earlier one of the same edge.</summary>
    public void Add(LiveVideoId video, EdgeReport report)
    {
        var key = (video, report.Removal);
        lock (_gate)
        {
            if (!_reports.TryGetValue(key, out var edges))
            {
                _reports[key] = edges = [];
                _order.Enqueue(key);
                if (_order.Count > mostRemovals) _reports.Remove(_order.Dequeue());
            }

            if (edges.Count < MostEdges || edges.ContainsKey(report.Edge)) edges[report.Edge] = report.Share;
        }
    }

    /// <summary>The last report of each edge on a removal.</summary>
    public IReadOnlyDictionary<Guid, ReceiptShare> Find(LiveVideoId video, CommentId removal)
    {
        lock (_gate)
            return _reports.TryGetValue((video, removal), out var edges) ? new Dictionary<Guid, ReceiptShare>(edges) : [];
    }
}
