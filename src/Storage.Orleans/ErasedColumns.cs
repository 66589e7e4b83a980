namespace LiveComments.Storage.Orleans;

/// <summary>The comments of a segment that are erased. Their rows are there still, with keys and author ids, but without texts.</summary>
[GenerateSerializer, Immutable, Alias("livecomments.ErasedColumns")]
internal sealed record ErasedColumns
{
    /// <summary>Which rows of the segment they are, as positions in its columns, rising.</summary>
    [Id(0)]
    public int[] Positions { get; init; } = [];

    /// <summary>The id of the removal that each was erased for.</summary>
    [Id(1)]
    public long[] Removals { get; init; } = [];

    /// <summary>These and more; those that are here already are erased for this removal then.</summary>
    public ErasedColumns With(IEnumerable<int> positions, CommentId removal)
    {
        var all = new SortedDictionary<int, long>(Positions.Zip(Removals).ToDictionary());
        foreach (var position in positions) all[position] = removal.Value;
        return new() { Positions = [.. all.Keys], Removals = [.. all.Values] };
    }

    /// <summary>The removal that the row at a position was erased for; null if it was not.</summary>
    public CommentId? RemovalAt(int position)
    {
        var place = Array.BinarySearch(Positions, position);
        return place < 0 ? null : new(Removals[place]);
    }
}
