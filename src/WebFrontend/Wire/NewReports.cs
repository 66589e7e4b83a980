namespace LiveComments.WebFrontend.Wire;

/// <summary>What an edge says of who of its viewers was told of removals of one video: the body of a request.</summary>
/// <param name="Edge">The id that the edge has given itself for as long as it runs.</param>
/// <param name="Reports">Its reports, 1 to <see cref="Most"/> of them.</param>
internal sealed record NewReports(Guid Edge, IReadOnlyList<NewReport?>? Reports)
{
    /// <summary>The most reports at once. The longest has about 4 KiB.</summary>
    public const int Most = 12;

    /// <summary>The size of the largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>What one looks like.</summary>
    public const string Example =
        "{\"edge\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\",\"reports\":[{\"removalId\":\"1853172529944854600\",\"share\":{\"wereSent\":1,"
        + "\"told\":1,\"left\":0,\"relays\":0,\"relaysReported\":0,\"times\":[61,1]}}]}";

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? Complaint =>
        Edge == Guid.Empty ? "edge: Send an id that is not empty."
        : Reports is not { Count: > 0 and <= Most } ? $"reports: Send 1 to {Most} of them."
        : !Reports.All(report => report is { Share.IsValid: true } && report.RemovalId > CommentId.None)
            ? $"reports: Send a removalId and a share each. No count is below 0 or above {ReceiptShare.Most}, told and left are among "
              + "wereSent, relaysReported are among relays, and times are pairs of a rising place and how many of those who were told."
            : null;

    /// <summary>The reports, of one without a <see cref="Complaint"/>.</summary>
    public IReadOnlyList<EdgeReport> ToReports() => [.. Reports!.Select(report => new EdgeReport(Edge, report!.RemovalId, report.Share!))];
}

/// <summary>What an edge says of one removal.</summary>
/// <param name="RemovalId">The removal.</param>
/// <param name="Share">Its viewers, and those of edges behind it.</param>
internal sealed record NewReport(CommentId RemovalId, ReceiptShare? Share);
