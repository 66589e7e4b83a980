using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveComments.HttpContract.Client;

/// <summary>A comment as it stands on the wire. Reading one checks its form to the letter, wherever it comes from.</summary>
public sealed partial record PostedComment(string Id, string LiveVideoId, string Author, string Message, string CreatedAt)
{
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
        Assert.Equal(["id", "liveVideoId", "author", "message", "createdAt"], json.EnumerateObject().Select(member => member.Name));
        var comment = new PostedComment(
            json.GetProperty("id").GetString()!,
            json.GetProperty("liveVideoId").GetString()!,
            json.GetProperty("author").GetString()!,
            json.GetProperty("message").GetString()!,
            json.GetProperty("createdAt").GetString()!);
        Assert.Matches(DecimalId(), comment.Id);
        Assert.InRange(comment.Number, 1, long.MaxValue);
        Assert.Matches(UtcMilliseconds(), comment.CreatedAt);
        return comment;
    }

    [GeneratedRegex(@"\A[1-9][0-9]{0,18}\z")]
    private static partial Regex DecimalId();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\z")]
    private static partial Regex UtcMilliseconds();
}
