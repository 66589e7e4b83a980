using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveComments.HttpContract.Client;

/// <summary>A comment as it stands on the wire. Reading one checks its form to the letter, wherever it comes from.</summary>
public sealed partial record PostedComment(string Id, string LiveVideoId, string Author, string Message, string CreatedAt)
{
    private static readonly string[] Always = ["id", "liveVideoId", "author", "message", "createdAt"];
    private static readonly string[] Sometimes = ["replyTo", "authorId", "role", "verified", "announcement"];

    /// <summary>The comment that it answers; null if it answers none.</summary>
    public string? ReplyTo { get; private init; }

    /// <summary>The person who wrote it; null without a token.</summary>
    public string? AuthorId { get; private init; }

    /// <summary>What the author is on the video; null for a viewer.</summary>
    public string? Role { get; private init; }

    /// <summary>Whether the name came from a token.</summary>
    public bool Verified { get; private init; }

    /// <summary>Whether a moderator says it to all.</summary>
    public bool Announcement { get; private init; }

    /// <summary>The id as the 64-bit number that it is.</summary>
    public long Number => long.Parse(Id, CultureInfo.InvariantCulture);

    /// <summary>When the comment was made, in milliseconds since 1970.</summary>
    public long CreatedAtMilliseconds =>
        DateTimeOffset.Parse(CreatedAt, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>Reads a comment, and fails where its form is not the contract's.</summary>
    public static PostedComment Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement);
    }

    internal static PostedComment From(JsonElement json)
    {
        var members = json.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(Always, members.Take(Always.Length));
        // Each is there only where there is something to say.
        Assert.Equal(Sometimes.Intersect(members), members.Skip(Always.Length));
        var comment = new PostedComment(
            json.GetProperty("id").GetString()!,
            json.GetProperty("liveVideoId").GetString()!,
            json.GetProperty("author").GetString()!,
            json.GetProperty("message").GetString()!,
            json.GetProperty("createdAt").GetString()!)
        {
            ReplyTo = Text("replyTo"),
            AuthorId = Text("authorId"),
            Role = Text("role"),
            Verified = json.TryGetProperty("verified", out var verified) && verified.GetBoolean(),
            Announcement = json.TryGetProperty("announcement", out var announcement) && announcement.GetBoolean(),
        };
        Assert.Matches(DecimalId(), comment.Id);
        Assert.InRange(comment.Number, 1, long.MaxValue);
        Assert.Matches(UtcMilliseconds(), comment.CreatedAt);
        if (comment.ReplyTo is not null) Assert.Matches(DecimalId(), comment.ReplyTo);
        if (comment.AuthorId is not null) Assert.Matches(AuthorIdForm(), comment.AuthorId);
        return comment;

        string? Text(string name) => json.TryGetProperty(name, out var member) ? member.GetString() : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{11}\z")]
    private static partial Regex AuthorIdForm();

    [GeneratedRegex(@"\A[1-9][0-9]{0,18}\z")]
    private static partial Regex DecimalId();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\z")]
    private static partial Regex UtcMilliseconds();
}
