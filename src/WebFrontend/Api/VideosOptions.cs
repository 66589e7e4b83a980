using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;

namespace LiveComments.WebFrontend.Api;

/// <summary>Which live videos there are: the section <c>Videos</c>.</summary>
public sealed record VideosOptions : IValidatableObject
{
    /// <summary>
    /// Patterns of the ids that there are, as <c>show-*</c>; <c>*</c> stands for any characters and <c>?</c> for one. Default none: a live
    /// video need not be created, and any id is one.
    /// </summary>
    public IReadOnlyList<string> Allowed { get; set; } = [];

    /// <summary>
    /// Patterns of the ids of private videos, as <c>board-*</c>: their history and stream need a token with <c>comments:read</c> for the
    /// video, and posts to them one with <c>comments:post</c>. Default none.
    /// </summary>
    public IReadOnlyList<string> Private { get; set; } = [];

    /// <summary>
    /// After how many hours without a comment a live video is over, 0 to 87,600: when it is next asked for it ends. It begins anew when
    /// moderators change its settings. Default 0: it goes on until it is ended.
    /// </summary>
    [Range(0, 87_600)]
    public double EndAfterIdleHours { get; set; }

    /// <summary>
    /// How long caches may answer for a stretch of a replay to which nothing can be added, in seconds, 0 to 86,400. A comment that is removed
    /// may show in a replay for so long. Default 0: they ask each time whether it is still the same.
    /// </summary>
    [Range(0, 86_400)]
    public int ReplayMaxAgeSeconds { get; set; }

    /// <summary>Whether there may be a video of this id.</summary>
    public bool Allow(LiveVideoId id) => Allowed.Count == 0 || AnyMatches(Allowed, id);

    /// <summary>Whether only those whose token permits it may read this video.</summary>
    public bool IsPrivate(LiveVideoId id) => AnyMatches(Private, id);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var pattern in Allowed.Where(pattern => !IsPattern(pattern))) yield return NoPattern(pattern, nameof(Allowed));
        foreach (var pattern in Private.Where(pattern => !IsPattern(pattern))) yield return NoPattern(pattern, nameof(Private));
    }

    private static bool AnyMatches(IReadOnlyList<string> patterns, LiveVideoId id)
    {
        if (patterns.Count == 0) return false;
        var text = id.ToString();
        foreach (var pattern in patterns)
            if (FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)) return true;
        return false;
    }

    private static bool IsPattern(string text) => LiveVideoId.TryParse(text.Replace('*', '-').Replace('?', '-'), null, out _);

    private static ValidationResult NoPattern(string text, string setting) =>
        new($"'{text}' is no pattern of ids such as show-*.", [setting]);
}
