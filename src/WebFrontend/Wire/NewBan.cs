using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>The body of a request to ban somebody.</summary>
/// <param name="Until">
/// Until when: a duration (ISO 8601, <c>PT10M</c>) or a time (RFC 3339), 1 s to 2 weeks from now. Absent: for good.
/// </param>
/// <param name="Reason">What the banned are told: up to 100 characters.</param>
/// <param name="RemoveSince">From when on comments are removed, too: a duration before now, or a time. Absent: none are.</param>
/// <param name="Address">
/// Whether the address from which the author wrote last is held as well, against guests and whoever has no token, for 24 hours at most.
/// </param>
/// <param name="Name">
/// What the banned one is called, by the rules of authors' names: kept for moderators as long as the ban. Absent: nothing is kept.
/// </param>
internal sealed record NewBan(string? Until, string? Reason, string? RemoveSince, bool Address = false, string? Name = null)
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"until":"PT10M","reason":"spam","removeSince":"PT10M"}, or no body""";

    /// <summary>What a body of bans of many looks like.</summary>
    public const string ExampleOfMany = """{"q83vASNFZ4k":{"until":"PT10M"},"AAAAAAAAAAA":null}""";

    /// <summary>The most people whose bans one request changes.</summary>
    public const int MostPeople = 100;

    /// <summary>The largest body of bans of many.</summary>
    public const int MaxBytesOfMany = 64 * 1024;

    /// <summary>For good, without a reason.</summary>
    public static NewBan Empty { get; } = new(null, null, null);
}

/// <summary>A ban.</summary>
/// <param name="AuthorId">Who is banned.</param>
/// <param name="Until">Until when; null = for good.</param>
/// <param name="Reason">What the banned are told.</param>
/// <param name="Removed">How many comments were removed with it.</param>
/// <param name="Address">Whether the address is held as well; false where it is not known any more. There if that was asked for.</param>
/// <param name="Since">Since when it holds. There where bans are listed.</param>
/// <param name="Name">The name that the ban was given. There where bans are listed, if it was given one.</param>
internal sealed record BanAnswer(
    AuthorId AuthorId,
    DateTimeOffset? Until,
    string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Removed = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Address = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null);

/// <summary>The bans of a video that hold now.</summary>
/// <param name="Bans">The last one first.</param>
internal sealed record BanPage(IReadOnlyList<BanAnswer> Bans);

/// <summary>What the audit says of a ban.</summary>
/// <param name="Until">Until when; null = for good.</param>
/// <param name="RemoveFrom">From which id on comments go with it; absent: none do.</param>
/// <param name="Address">Whether the address is to be held as well.</param>
internal sealed record AskedBan(
    DateTimeOffset? Until,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? RemoveFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Address);
