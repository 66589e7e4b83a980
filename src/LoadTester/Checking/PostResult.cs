namespace LiveComments.LoadTester.Checking;

/// <summary>How the server answered a post: with the comment's id (above 0), or one of the values below.</summary>
internal readonly record struct PostResult(long Value)
{
    /// <summary>No answer yet.</summary>
    public static readonly PostResult Pending;

    /// <summary>Refused with 4xx: no viewer may ever see it.</summary>
    public static readonly PostResult Refused = new(-1);

    /// <summary>5xx or no answer at all: it may have been accepted or not, and viewers may see it once or not.</summary>
    public static readonly PostResult Unknown = new(-2);

    /// <summary>Acknowledged with 2xx, but the answer named no id.</summary>
    public static readonly PostResult AcknowledgedWithoutId = new(-3);

    /// <summary>Acknowledged with 2xx: every viewer must see it.</summary>
    public bool IsAcknowledged => Value > 0 || this == AcknowledgedWithoutId;

    /// <summary>Whether the comment is known to lie between two others.</summary>
    public bool IsBetween(long after, long before) => Value > 0 && Value > after && Value < before;
}
