namespace LiveComments.Storage.Orleans;

/// <summary>The comments of a segment that answer others, in columns. Earlier versions wrote none.</summary>
[GenerateSerializer, Immutable, Alias("livecomments.ReplyColumns")]
internal sealed record ReplyColumns
{
    /// <summary>Which rows of the segment they are, as positions in its columns, rising.</summary>
    [Id(0)]
    public int[] Positions { get; init; } = [];

    /// <summary>The id of the comment that each answers.</summary>
    [Id(1)]
    public long[] Parents { get; init; } = [];

    /// <summary>These and more, of later rows.</summary>
    public ReplyColumns With(IReadOnlyList<(int Position, CommentId Parent)> more) => new()
    {
        Positions = [.. Positions, .. more.Select(reply => reply.Position)],
        Parents = [.. Parents, .. more.Select(reply => reply.Parent.Value)],
    };

    /// <summary>These without those at some positions; null if none are left.</summary>
    public ReplyColumns? Without(IEnumerable<int> positions)
    {
        var rest = Positions.Zip(Parents).ExceptBy(positions, reply => reply.First).ToList();
        return rest.Count == 0
            ? null
            : new() { Positions = [.. rest.Select(reply => reply.First)], Parents = [.. rest.Select(reply => reply.Second)] };
    }

    /// <summary>The comment that the row at a position answers; null if it answers none.</summary>
    public CommentId? At(int position)
    {
        var place = Array.BinarySearch(Positions, position);
        return place < 0 ? null : new CommentId(Parents[place]);
    }
}
