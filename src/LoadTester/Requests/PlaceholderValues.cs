using System.Globalization;
using System.Text;

namespace LiveComments.LoadTester.Requests;

/// <summary>What stands for the placeholders in one request.</summary>
internal readonly record struct PlaceholderValues
{
    /// <summary>The placeholders of a request for a stream.</summary>
    public static readonly IReadOnlyList<Placeholder> OfStreams =
        [Placeholder.Video, Placeholder.Number, Placeholder.Uuid, Placeholder.Viewer, Placeholder.Backlog];

    /// <summary>The placeholders of a post.</summary>
    public static readonly IReadOnlyList<Placeholder> OfPosts =
        [Placeholder.Video, Placeholder.Number, Placeholder.Uuid, Placeholder.Author, Placeholder.Message, Placeholder.Comment];

    public required string Video { get; init; }

    public required long Number { get; init; }

    public int Viewer { get; init; }

    public int Backlog { get; init; }

    public int Comment { get; init; }

    public string Message { get; init; }

    /// <summary>Appends what stands for a placeholder.</summary>
    public void AppendTo(StringBuilder text, Placeholder placeholder) => _ = placeholder switch
    {
        Placeholder.Video => text.Append(Video),
        Placeholder.Number => text.Append(Number),
        Placeholder.Uuid => text.Append(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Number:D12}"),
        Placeholder.Viewer => text.Append(Viewer),
        Placeholder.Backlog => text.Append(Backlog),
        Placeholder.Author => text.Append("user").Append(Comment),
        Placeholder.Message => text.Append(Message),
        Placeholder.Comment => text.Append(Comment),
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder), placeholder, null),
    };
}
