namespace LiveComments.Storage.Orleans;

/// <summary>The removals of a segment, in columns as its comments are. Each has a row in the segment, which names its id alone.</summary>
[GenerateSerializer, Immutable, Alias("livecomments.RemovalColumns")]
internal sealed record RemovalColumns
{
    /// <summary>Which rows of the segment are removals, as positions in its columns, rising.</summary>
    [Id(0)]
    public int[] Positions { get; init; } = [];

    /// <summary>Where the ids that each names end in <see cref="Ids"/>: where those before it end if it is a range.</summary>
    [Id(1)]
    public int[] Ends { get; init; } = [];

    /// <summary>The ids that they name.</summary>
    [Id(2)]
    public long[] Ids { get; init; } = [];

    /// <summary>Where the range of each begins; 0 if it names ids.</summary>
    [Id(3)]
    public long[] From { get; init; } = [];

    /// <summary>Where the range of each ends; 0 if it names ids.</summary>
    [Id(4)]
    public long[] To { get; init; } = [];

    /// <summary>Which removals are of one author, as places in these columns, rising.</summary>
    [Id(5)]
    public int[] Authored { get; init; } = [];

    /// <summary>The author ids of those.</summary>
    [Id(6)]
    public long[] AuthorIds { get; init; } = [];

    /// <summary>These and more.</summary>
    public RemovalColumns With(IReadOnlyList<(int Position, RemovedComments Removed)> more)
    {
        var (ends, ids) = (new List<int>(), new List<long>(Ids));
        foreach (var (_, removed) in more)
        {
            ids.AddRange((removed.Ids ?? []).Select(id => id.Value));
            ends.Add(ids.Count);
        }

        var authored = Enumerable.Range(0, more.Count).Where(i => more[i].Removed.AuthorId is not null).ToList();
        return new()
        {
            Positions = [.. Positions, .. more.Select(entry => entry.Position)],
            Ends = [.. Ends, .. ends],
            Ids = [.. ids],
            From = [.. From, .. more.Select(entry => entry.Removed.From?.Value ?? 0)],
            To = [.. To, .. more.Select(entry => entry.Removed.To?.Value ?? 0)],
            Authored = [.. Authored, .. authored.Select(i => Positions.Length + i)],
            AuthorIds = [.. AuthorIds, .. authored.Select(i => more[i].Removed.AuthorId!.Value.Value)],
        };
    }

    /// <summary>What the row at a position takes back; null if it is no removal.</summary>
    public RemovedComments? At(int position)
    {
        var place = Array.BinarySearch(Positions, position);
        if (place < 0) return null;
        var (start, end) = (place == 0 ? 0 : Ends[place - 1], Ends[place]);
        if (end > start) return new(Ids: [.. Ids[start..end].Select(id => new CommentId(id))]);
        var authored = Array.BinarySearch(Authored, place);
        return new(AuthorId: authored < 0 ? null : new AuthorId(AuthorIds[authored]), From: new(From[place]), To: new(To[place]));
    }
}
