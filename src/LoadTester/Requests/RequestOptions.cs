namespace LiveComments.LoadTester.Requests;

/// <summary>The templates of the requests, and how their answers are read. The defaults are the API of LiveComments.</summary>
internal sealed record RequestOptions
{
    public string StreamPath { get; init; } = "/comments/{video}/stream?backlog={backlog}";

    /// <summary>Header fields of the requests for a stream, beside the usual ones.</summary>
    public IReadOnlyList<string> StreamHeaders { get; init; } = [];

    public string PostMethod { get; init; } = "POST";

    public string PostPath { get; init; } = "/comments/{video}";

    /// <summary>The <c>Content-Type</c> of a post.</summary>
    public string PostType { get; init; } = "application/json";

    public string PostBody { get; init; } = """{"author":"{author}","message":"{message}"}""";

    /// <summary>Header fields of the posts, beside the usual ones.</summary>
    public IReadOnlyList<string> PostHeaders { get; init; } = [];

    /// <summary>
    /// Whether comments are looked for in the data of every event, however many it holds, whatever its name and id. Then their order is not
    /// checked. Otherwise a comment is an event of its own, named <c>comment</c>, with a number as its id.
    /// </summary>
    public bool AnyEvent { get; init; }

    /// <summary>Whether all is as it is by default.</summary>
    public bool IsDefault() =>
        StreamHeaders.Count + PostHeaders.Count == 0 && this with { StreamHeaders = [], PostHeaders = [] } == new RequestOptions();
}
