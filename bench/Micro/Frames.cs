using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.Micro;

/// <summary>
/// What is done once for each comment, or for each write that viewers share: a comment's event, and several in one chunk.
/// </summary>
[MemoryDiagnoser]
public class Frames
{
    private readonly CommentRing _ring = Sample.Ring(1_000);
    private readonly KnownRemovals _removals = new(CommentId.None, CommentId.None);

    [Benchmark]
    public byte[] Event() => SseEvent.Comment(Sample.Comment(1));

    [Benchmark]
    [Arguments(1)]
    [Arguments(10)]
    [Arguments(100)]
    public object? Batch(int comments) => new WriteBatchCache().Make(_ring, _removals, new(_ring.End - comments, default, Backlog: 0));
}
