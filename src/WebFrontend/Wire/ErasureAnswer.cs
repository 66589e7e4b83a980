using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>How far the removal of all that somebody has written is.</summary>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="State"><c>running</c> or <c>done</c>.</param>
/// <param name="Asked">When it was asked for.</param>
/// <param name="Ended">When it was done; absent while it runs.</param>
/// <param name="VideosDone">How many live videos are done.</param>
/// <param name="Videos">How many live videos are looked through; absent until they are counted.</param>
/// <param name="Removed">How many comments were removed.</param>
internal sealed record ErasureAnswer(
    AuthorId AuthorId,
    string State,
    DateTimeOffset Asked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Ended,
    int VideosDone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Videos,
    long Removed)
{
    /// <summary>Takes it from what is known of an erasure.</summary>
    public static ErasureAnswer Of(Erasure erasure) => new(
        erasure.Author, erasure.Ended is null ? "running" : "done", erasure.Asked, erasure.Ended, erasure.VideosDone, erasure.Videos,
        erasure.Removed);
}
