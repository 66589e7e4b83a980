namespace LiveComments.LoadTester.Measuring;

/// <summary>Errors counted by kind: a few words each, such as <c>viewer: answered 503</c>.</summary>
internal sealed class ErrorCounts : SortedDictionary<string, long>
{
    public ErrorCounts()
        : base(StringComparer.Ordinal)
    {
    }

    public void Increment(string kind) => this[kind] = this.GetValueOrDefault(kind) + 1;

    /// <summary>Adds all that another one counted.</summary>
    public void Add(ErrorCounts other)
    {
        foreach (var (kind, count) in other) this[kind] = this.GetValueOrDefault(kind) + count;
    }
}
