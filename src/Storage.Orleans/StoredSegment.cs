namespace LiveComments.Storage.Orleans;

/// <summary>A segment as it was when it was read or written.</summary>
/// <param name="Number">Its place in the log: 0 is the first.</param>
/// <param name="Content">What it held.</param>
/// <param name="ETag">The version that the provider gave it.</param>
/// <param name="Erasures">
/// A count of <see cref="LogSegment.Erasures"/>: what was erased in full segments before the log's end said so is erased in it.
/// </param>
internal sealed record StoredSegment(int Number, LogSegment Content, string ETag, int Erasures)
{
    /// <summary>
    /// What the next write at the log's end begins with if this is the last segment: this one under its version or, if it is full, the next
    /// one, which must not be there yet.
    /// </summary>
    public (int Number, LogSegment Content, string? ETag) Following() =>
        Content.Full ? (Number + 1, Content.Next(), null) : (Number, Content, ETag);
}
