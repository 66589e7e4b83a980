using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Feed;

namespace LiveComments.Micro;

/// <summary>A full ring: one more comment, its event included, and the place of a viewer that resumes.</summary>
[MemoryDiagnoser]
public class Rings
{
    private const int Capacity = 1_000;

    private readonly CommentRing _ring = Sample.Ring(Capacity);
    private long _id = Capacity;

    [Benchmark]
    public void Append() => _ring.Append(Sample.Comment(++_id));

    [Benchmark]
    public long Resume() => _ring.PositionAfter(new(_ring.Last.Value - Capacity / 3));
}
