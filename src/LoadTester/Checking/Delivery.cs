namespace LiveComments.LoadTester.Checking;

/// <summary>What a viewer's check says of a comment that it received.</summary>
[Flags]
internal enum Delivery
{
    /// <summary>Posted before the viewer had joined: sent as history, or just on its way then.</summary>
    BeforeJoin = 0,

    /// <summary>The first delivery of a comment posted since.</summary>
    Live = 1,

    /// <summary>Seen before.</summary>
    Doubled = 2,

    /// <summary>Its id is not above the last one's.</summary>
    OutOfOrder = 4,

    /// <summary>Of another video, or never posted.</summary>
    Astray = 8,

    /// <summary>The viewer was told before that it is removed.</summary>
    Resurrected = 16,
}
