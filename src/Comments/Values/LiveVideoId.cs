using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace LiveComments;

/// <summary>Names one live video: 1 to 64 characters of <c>[A-Za-z0-9_-]</c>, compared ordinally.</summary>
public readonly record struct LiveVideoId : IParsable<LiveVideoId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 64;

    // No video has it in its id: it sets the program's own logs apart.
    private const string OwnMark = ".";
    private const string BansSuffix = $"{OwnMark}bans";
    private const string StaffSuffix = $"{OwnMark}staff";
    private const string HeldSuffix = $"{OwnMark}held";
    private const string AuditSuffix = $"{OwnMark}audit";
    private const string NamesSuffix = $"{OwnMark}names";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly string? _value;

    private LiveVideoId(string value) => _value = value;

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is no live video id.</exception>
    public static LiveVideoId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"A live video id is 1 to {MaxLength} characters of A-Z, a-z, 0-9, '_' and '-'.");

    /// <summary>Reads an id; false if <paramref name="s"/> is not valid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LiveVideoId result)
    {
        var valid = s is { Length: > 0 and <= MaxLength } && !s.AsSpan().ContainsAnyExcept(Allowed);
        result = valid ? new LiveVideoId(s!) : default;
        return valid;
    }

    /// <summary>
    /// Whether it names no video, but a log of what was decided, bans, settings, erasures or removals, which stores keep as they keep those of
    /// comments. It has no age, and room must be found for it.
    /// </summary>
    public bool HoldsDecisions => _value is not null && _value.Contains(OwnMark, StringComparison.Ordinal);

    /// <summary>Whether it names the comments of a video that wait for a moderator.</summary>
    public bool HoldsHeldComments => _value is not null && _value.EndsWith(HeldSuffix, StringComparison.Ordinal);

    /// <summary>
    /// Reads the id of the video that a log has something of its authors of: comments, shown or held, or their names; false if it is a log of
    /// decisions.
    /// </summary>
    public static bool TryParseVideoOf(string log, out LiveVideoId result)
    {
        var suffix = log.EndsWith(HeldSuffix, StringComparison.Ordinal) ? HeldSuffix
            : log.EndsWith(NamesSuffix, StringComparison.Ordinal) ? NamesSuffix
            : "";
        return TryParse(log[..^suffix.Length], null, out result);
    }

    /// <summary>Reads an id as it stands in a log or between processes: that of a video, or of one of its own logs.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is neither.</exception>
    internal static LiveVideoId ParseLog(string s)
    {
        // Of the logs of the site this one alone is owned like a video.
        if (s == AuditSuffix) return OfSiteAudit;
        var mark = s.IndexOf(OwnMark, StringComparison.Ordinal);
        return mark < 0 ? Parse(s) : new($"{Parse(s[..mark])}{s[mark..]}");
    }

    /// <summary>Names the comments of a video that wait for a moderator: a live video of their own, for moderators alone.</summary>
    internal LiveVideoId OfHeld => HeldOf(this);

    /// <summary>Names the comments of a video that wait for a moderator.</summary>
    public static LiveVideoId HeldOf(LiveVideoId video) => new($"{video}{HeldSuffix}");

    /// <summary>The video whose held comments these are; else what it is.</summary>
    internal LiveVideoId OfShown => HoldsHeldComments ? new(_value![..^HeldSuffix.Length]) : this;

    /// <summary>Names the log of what became of a video's held comments.</summary>
    internal LiveVideoId OfHeldDecisions => new($"{_value}{OwnMark}decided");

    /// <summary>Names the log of what moderators have done on a video.</summary>
    internal LiveVideoId OfAudit => new($"{_value}{AuditSuffix}");

    /// <summary>Names the log of what owners have done on all videos at once.</summary>
    internal static LiveVideoId OfSiteAudit => new(AuditSuffix);

    /// <summary>Whether it names a log of what moderators or owners have done.</summary>
    internal bool HoldsAudit => _value is not null && _value.EndsWith(AuditSuffix, StringComparison.Ordinal);

    /// <summary>The video whose audit this is; null of that of all videos.</summary>
    internal LiveVideoId? Audited => _value!.Length == AuditSuffix.Length ? null : new(_value[..^AuditSuffix.Length]);

    /// <summary>
    /// Names the view of a video that moderators have: without the delay of <see cref="VideoSettings.DelaySeconds"/>. It has no log of its
    /// own, and is used with <see cref="ILiveVideoReader"/> alone.
    /// </summary>
    internal LiveVideoId OfStaff => new($"{_value}{StaffSuffix}");

    /// <summary>Whether it names such a view.</summary>
    internal bool IsOfStaff => _value is not null && _value.EndsWith(StaffSuffix, StringComparison.Ordinal);

    /// <summary>The video itself, of the view that moderators have; else what it is.</summary>
    internal LiveVideoId Whole => IsOfStaff ? new(_value![..^StaffSuffix.Length]) : this;

    /// <summary>Names the log of a video's bans.</summary>
    internal LiveVideoId OfBans => new($"{_value}{BansSuffix}");

    /// <summary>Names the log of the names of a video's banned.</summary>
    internal LiveVideoId OfNames => new($"{_value}{NamesSuffix}");

    /// <summary>Names the log of the removals that were begun on a video.</summary>
    internal LiveVideoId OfRemovalIntents => new($"{_value}{OwnMark}removals");

    /// <summary>Names the log of a video's settings.</summary>
    internal LiveVideoId OfSettings => new($"{_value}{OwnMark}settings");

    /// <summary>Names the log of site-wide bans.</summary>
    internal static LiveVideoId OfSiteBans => new(BansSuffix);

    /// <summary>Names the log of erasures.</summary>
    internal static LiveVideoId OfErasures => new($"{OwnMark}erasures");

    /// <summary>Names a log of a store that must note by itself which videos it has: a part of that list.</summary>
    internal static LiveVideoId OfVideos(int part) => new($"{OwnMark}videos{OwnMark}{part:00}");

    /// <summary>Names a part of the list of what the firehose has not sent yet.</summary>
    internal static LiveVideoId OfUnsent(int part) => new($"{OwnMark}unsent{OwnMark}{part:00}");

    /// <summary>The id as it stands in addresses.</summary>
    public override string ToString() => _value ?? "";
}
