using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A page of the history, newest first. Reading one checks its form to the letter.</summary>
public sealed record CommentPage(IReadOnlyList<PostedComment> Comments, string? NextCursor)
{
    /// <summary>Reads a page, and fails where its form is not the contract's.</summary>
    public static CommentPage Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(["comments", "nextCursor"], document.RootElement.EnumerateObject().Select(member => member.Name));
        return new(
            [.. document.RootElement.GetProperty("comments").EnumerateArray().Select(PostedComment.From)],
            document.RootElement.GetProperty("nextCursor").GetString());
    }
}
