namespace LiveComments.Storage.Orleans;

/// <summary>A segment as it was when it was read or written.</summary>
/// <param name="Number">Its place in the log: 0 is the first.</param>
/// <param name="Content">What it held.</param>
/// <param name="ETag">The version that the provider gave it.</param>
internal sealed record StoredSegment(int Number, LogSegment Content, string ETag);
