namespace LiveComments.Firehose;

/// <summary>An entry on its way to a receiver.</summary>
/// <param name="Id">Its id, the same each time that it is sent: the name of its log, a slash, and its place there.</param>
/// <param name="Type"><c>comment</c>, <c>comment-removed</c>, <c>settings</c> or <c>ban</c>.</param>
/// <param name="LiveVideoId">The video.</param>
/// <param name="CreatedAt">When it came into the log.</param>
/// <param name="Data">What it says, as JSON in UTF-8. Nothing in it is the id of an address.</param>
public sealed record FirehoseEntry(string Id, string Type, LiveVideoId LiveVideoId, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Data);
