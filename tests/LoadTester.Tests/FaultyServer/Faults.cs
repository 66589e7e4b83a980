namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>What the tiny server does wrong. "Every" counts from 1; 0 is never.</summary>
internal sealed record Faults
{
    /// <summary>Does not send every so-manieth delivery.</summary>
    public int LoseEvery { get; init; }

    /// <summary>Sends every so-manieth delivery twice.</summary>
    public int DoubleEvery { get; init; }

    /// <summary>Sends every so-manieth comment of a video after the next one.</summary>
    public int SwapEvery { get; init; }

    /// <summary>Sends every so-manieth comment to the viewers of all other videos, too.</summary>
    public int LeakEvery { get; init; }

    /// <summary>Does not send every so-manieth delivery, and says so.</summary>
    public int GapEvery { get; init; }

    /// <summary>Sends every so-manieth delivery without its id.</summary>
    public int ForgetIdEvery { get; init; }

    /// <summary>Answers every so-manieth post with <see cref="RefusalStatus"/>.</summary>
    public int RefuseEvery { get; init; }

    public int RefusalStatus { get; init; } = 429;

    /// <summary>Publishes the posts that it refuses, all the same.</summary>
    public bool PublishesRefused { get; init; }

    /// <summary>Publishes every so-manieth post, and closes the connection without an answer.</summary>
    public int CutPostEvery { get; init; }

    /// <summary>Ends a viewer's stream after so many deliveries.</summary>
    public int CutStreamAfter { get; init; }

    /// <summary>Ends streams over HTTP/2 that way by RST_STREAM.</summary>
    public bool ResetsStreams { get; init; }

    /// <summary>Stops the server over HTTP/2 after so many posts: GOAWAY, and soon the end of the connections.</summary>
    public int StopAfter { get; init; }

    /// <summary>Sends so many bytes over HTTP/2 before the first event.</summary>
    public int BytesAhead { get; init; }

    /// <summary>Sends nothing to viewers that join after the first post.</summary>
    public bool ForgetsLateViewers { get; init; }

    /// <summary>How long a comment is held back before it is sent.</summary>
    public TimeSpan DeliveryDelay { get; init; }

    /// <summary>How long an answer to a post is held back.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>What a request for a stream is answered with.</summary>
    public int StreamStatus { get; init; } = 200;

    /// <summary>Sends chunks of a few bytes in pieces of a few bytes, with CRLF and comment lines between.</summary>
    public bool IsRagged { get; init; }

    /// <summary>
    /// Speaks another API: streams at <c>/sub/VIDEO</c>, posts at <c>/pub/VIDEO</c> that are answered without an id, and events without id
    /// and name that hold all comments since the last one.
    /// </summary>
    public bool HasOtherApi { get; init; }

    /// <summary>How many comments wait for a viewer who does not read, before it drops them and tells the gap.</summary>
    public int QueueLength { get; init; } = int.MaxValue;

    /// <summary>What a removal is answered with; with anything but 204 nothing is removed.</summary>
    public int RemovalStatus { get; init; } = 204;

    /// <summary>Does not tell a viewer of every so-manieth removal.</summary>
    public int ForgetRemovalEvery { get; init; }

    /// <summary>Tells a viewer of every so-manieth removal twice.</summary>
    public int DoubleRemovalEvery { get; init; }

    /// <summary>Tells a viewer of every so-manieth removal with the id of the entry before it.</summary>
    public int StaleRemovalEvery { get; init; }

    /// <summary>Tells a viewer of every so-manieth removal by a gap that names it.</summary>
    public int GapRemovalEvery { get; init; }

    /// <summary>Sends a viewer every so-manieth removed comment again, after its removal.</summary>
    public int ResurrectEvery { get; init; }

    /// <summary>How many comments of others it sends to a viewer who asks for a backlog.</summary>
    public int History { get; init; }
}
