namespace LiveComments.LoadTester.Checking;

/// <summary>How the server answered a removal: with 2xx at this time (above 0), or one of the values below.</summary>
internal readonly record struct RemovalResult(long Value)
{
    /// <summary>Nobody of this run asked for it, or it was refused with 4xx: the comment stays.</summary>
    public static readonly RemovalResult None;

    /// <summary>Not answered yet, 5xx, or no answer at all: the comment may be removed or not.</summary>
    public static readonly RemovalResult Unknown = new(-1);

    /// <summary>Acknowledged by this time: who has the comment must be told.</summary>
    public bool IsAcknowledgedBy(long time) => Value > 0 && Value <= time;
}
