using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>How far an erasure is, as it stands in answers. Reading one checks its form to the letter.</summary>
/// <param name="AuthorId">Whose comments are removed.</param>
/// <param name="State"><c>running</c> or <c>done</c>.</param>
/// <param name="Asked">When it was asked for.</param>
/// <param name="Ended">When it was done; null while it runs.</param>
/// <param name="VideosDone">How many videos are done.</param>
/// <param name="Videos">How many there are; null until they are counted.</param>
/// <param name="Removed">How many comments were removed.</param>
public sealed record PostedErasure(
    string AuthorId, string State, DateTimeOffset Asked, DateTimeOffset? Ended, int VideosDone, int? Videos, long Removed)
{
    private static readonly string[] Members = ["authorId", "state", "asked", "ended", "videosDone", "videos", "removed"];

    /// <summary>Reads one, and fails where its form is not the contract's.</summary>
    public static PostedErasure Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(Members.Where(name => members.Contains(name) || name is not ("ended" or "videos")), members);
        var erasure = document.RootElement.Deserialize<PostedErasure>(JsonSerializerOptions.Web)!;
        Assert.Equal(erasure.State == "done", erasure.Ended is not null);
        Assert.Contains(erasure.State, (string[])["running", "done"]);
        return erasure;
    }
}
