namespace LiveComments.LoadTester.Crowd;

/// <summary>One of several equal shares of the crowd: every n-th viewer, and the same part of the ramp and the churn.</summary>
/// <param name="Index">Which share, from 0.</param>
/// <param name="Count">How many shares there are.</param>
internal readonly record struct CrowdShare(int Index, int Count)
{
    /// <summary>One of several equal shares of this share.</summary>
    public CrowdShare Part(int index, int count) => new(Index * count + index, Count * count);

    /// <summary>How many of so many viewers are in this share.</summary>
    public int Of(int viewers) => (viewers - Index + Count - 1) / Count;

    /// <summary>The number in the whole crowd of a viewer of this share.</summary>
    public int Number(int viewer) => Index + viewer * Count;
}
