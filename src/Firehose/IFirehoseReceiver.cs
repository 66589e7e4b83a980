namespace LiveComments.Firehose;

/// <summary>Takes entries out of the site. Safe for use by several threads at once.</summary>
public interface IFirehoseReceiver
{
    /// <summary>How many batches it takes at a time, at least 1. No two of them have entries of one log.</summary>
    int BatchesAtOnce { get; }

    /// <summary>
    /// Sends a batch; completes when the receiver has all of it. If it fails, whatever it is, the receiver may have some, and all are sent
    /// again later. Entries of one log are in order, and must arrive in that order or not at all.
    /// </summary>
    Task SendAsync(IReadOnlyList<FirehoseEntry> entries, CancellationToken cancellationToken);
}
