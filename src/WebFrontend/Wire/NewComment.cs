namespace LiveComments.WebFrontend.Wire;

/// <summary>The body of a post.</summary>
/// <param name="Author">Who writes: 1 to 50 characters after trimming.</param>
/// <param name="Message">The text: 1 to 500 characters after trimming; line feeds are its only control characters.</param>
/// <param name="ReplyTo">The id of the comment that it answers, if it answers one.</param>
/// <param name="Announcement">Whether a moderator says it to all.</param>
/// <param name="Pin">Whether a moderator pins it at once.</param>
public sealed record NewComment(
    string? Author, string? Message, string? ReplyTo = null, bool? Announcement = null, bool? Pin = null)
{
    /// <summary>The largest body, in bytes: 8 KiB.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>What a body looks like.</summary>
    internal const string Example = """{"author":"…","message":"…"}""";
}
