using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A page of the history, newest first. Reading one checks its form to the letter.</summary>
public sealed record PostedPage(IReadOnlyList<PostedComment> Comments, string? NextCursor, string AsOf, bool Expired = false)
{
    /// <summary>Reads a page, and fails where its form is not the contract's.</summary>
    public static PostedPage Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        // It is there only where it is so.
        var expired = document.RootElement.TryGetProperty("expired", out var value);
        if (expired) Assert.Equal(JsonValueKind.True, value.ValueKind);
        string[] members = expired ? ["comments", "nextCursor", "expired", "asOf"] : ["comments", "nextCursor", "asOf"];
        Assert.Equal(members, document.RootElement.EnumerateObject().Select(member => member.Name));
        return new(
            [.. document.RootElement.GetProperty("comments").EnumerateArray().Select(PostedComment.From)],
            document.RootElement.GetProperty("nextCursor").GetString(),
            document.RootElement.GetProperty("asOf").GetString()!,
            expired);
    }
}
