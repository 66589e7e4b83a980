using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.Firehose;

/// <summary>Makes of what a log has what leaves the site.</summary>
/// <param name="store">Where it is looked up whether a banned author is a person.</param>
internal sealed class EntryWriter(ICommentStore store)
{
    // What only owners need of the settings.
    private const string PublicUpTo = "publicUpTo";

    /// <summary>The entry as it is sent; null if it is told to nobody.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public ValueTask<FirehoseEntry?> WriteAsync(LiveVideoId log, LogEntry entry)
    {
        if (entry.Removal is { } removal)
            return new(removal.Removed.AreNone
                ? null
                : New("comment-removed", log, JsonSerializer.SerializeToUtf8Bytes(removal.Removed, WireJson.Context.RemovedComments)));
        var comment = entry.Comment!;
        if (!log.HoldsDecisions) return new(New("comment", log, JsonSerializer.SerializeToUtf8Bytes(comment, WireJson.Context.Comment)));
        var video = ChosenLogs.VideoOf(log)!.Value;
        return log == video.OfBans ? WriteBanAsync(video, comment) : new(New("settings", video, SettingsOf(comment)));

        FirehoseEntry New(string type, LiveVideoId of, byte[] data) => new($"{log}/{entry.Id}", type, of, entry.Id.CreatedAt, data);
    }

    private async ValueTask<FirehoseEntry?> WriteBanAsync(LiveVideoId video, Comment entry)
    {
        var data = JsonNode.Parse(entry.Message)!.AsObject();
        data.Remove("address");
        // The ids of addresses are published nowhere, and the entry does not say whether it is one. One who has written as a person is none.
        if (AuthorId.TryParse(entry.Author, out var author)
            && await store.FindByAuthorAsync(video, author, CommentId.None, CommentId.Max).ConfigureAwait(false)
                is { Ids.Count: > 0, IsAddress: false })
            data["authorId"] = author.ToString();
        return new($"{video.OfBans}/{entry.Id}", "ban", video, entry.CreatedAt, Bytes(data));
    }

    private static byte[] SettingsOf(Comment entry)
    {
        var data = JsonNode.Parse(entry.Message)!.AsObject();
        data.Remove(PublicUpTo);
        return Bytes(data);
    }

    private static byte[] Bytes(JsonObject data) => Encoding.UTF8.GetBytes(data.ToJsonString(WireJson.Context.Options));
}
