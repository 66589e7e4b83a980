namespace LiveComments.LoadTester.Sse;

/// <summary>One event as it came; the spans live until the handler returns.</summary>
internal readonly ref struct SseEvent
{
    /// <summary>The <c>id</c> field; empty without one.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>The <c>event</c> field; empty without one.</summary>
    public required ReadOnlySpan<byte> Type { get; init; }

    /// <summary>The <c>data</c> fields, joined by line feeds.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }
}
