using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Held;

/// <summary>What becomes of comments that a moderator is to see first: the section <c>Moderation</c>.</summary>
public sealed record ModerationOptions
{
    /// <summary>For how many minutes a held comment waits for a moderator; then it expires: 1 to 1,440. Default 60.</summary>
    [Range(1, 1_440)]
    public int HeldMinutes { get; set; } = 60;
}
