using System.Text.Json;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>An event of an upstream stream: a comment, a gap, or neither where it is of a kind that this node does not know.</summary>
/// <param name="Comment">The next comment.</param>
/// <param name="GapBefore">Where the comments end that the upstream will not send (exclusive).</param>
internal readonly record struct UpstreamEvent(Comment? Comment = null, CommentId? GapBefore = null)
{
    /// <summary>Reads the data of an event.</summary>
    /// <exception cref="JsonException">It is not what this type of event carries.</exception>
    public static UpstreamEvent Parse(string eventType, ReadOnlySpan<byte> data) => eventType switch
    {
        "comment" => new(Comment: JsonSerializer.Deserialize(data, WireJson.Context.Comment)),
        "gap" => new(GapBefore: JsonSerializer.Deserialize(data, WireJson.Context.Gap)!.Before),
        _ => default,
    };
}
