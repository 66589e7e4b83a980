namespace LiveComments;

/// <summary>Who was told of removals, where one node serves all viewers: its own, and those of the edges that follow it.</summary>
internal sealed class InProcessReceipts : IReceipts
{
    private const int MostRemovals = 1_000;

    private readonly INodeReceipts _node;
    private readonly EdgeReports _reports = new(MostRemovals);

    /// <summary>Makes one.</summary>
    /// <param name="node">The node's own viewers.</param>
    public InProcessReceipts(INodeReceipts node)
    {
        _node = node;
        node.Opened += (video, removal) => Changed?.Invoke(video, removal);
    }

    /// <summary>Told of each removal that comes to this node, and of each report. It must return at once and not throw.</summary>
    public event Action<LiveVideoId, CommentId>? Changed;

    /// <inheritdoc/>
    public Task<ReceiptSum> ReadAsync(LiveVideoId liveVideoId, CommentId removal) => Task.FromResult(Read(liveVideoId, removal));

    /// <summary>The same, at once.</summary>
    public ReceiptSum Read(LiveVideoId liveVideoId, CommentId removal) =>
        ReceiptSum.Of([_node.Find(liveVideoId, removal)], missing: 0, _reports.Find(liveVideoId, removal));

    /// <inheritdoc/>
    public Task ReportAsync(LiveVideoId liveVideoId, IReadOnlyList<EdgeReport> reports)
    {
        foreach (var report in reports)
        {
            _reports.Add(liveVideoId, report);
            Changed?.Invoke(liveVideoId, report.Removal);
        }

        return Task.CompletedTask;
    }
}
