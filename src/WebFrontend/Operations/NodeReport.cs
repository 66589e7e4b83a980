namespace LiveComments.WebFrontend.Operations;

/// <summary>How this node is, as the operator page shows it.</summary>
public sealed record NodeReport
{
    /// <summary>The last second, and what the charts add.</summary>
    public required NodeSample Now { get; init; }

    /// <summary>How long comments took to become durable, over the last minute; null if there were none.</summary>
    public required Percentiles? Append { get; init; }

    /// <summary>How old comments were when the last viewer who keeps up had them, over the last minute.</summary>
    public required Percentiles? Delivery { get; init; }

    /// <summary>The busiest videos that are watched on this node, most deliveries first.</summary>
    public required IReadOnlyList<VideoReport> Videos { get; init; }

    /// <summary>How many videos are watched on this node.</summary>
    public required int WatchedVideos { get; init; }

    /// <summary>How many videos are in memory.</summary>
    public required long ActiveVideos { get; init; }

    /// <summary>Comments accepted since the start.</summary>
    public required long Comments { get; init; }

    /// <summary>Deliveries since the start.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Times since the start that a viewer was told of a gap.</summary>
    public required long Gaps { get; init; }

    /// <summary>What was refused, and why, the most frequent first.</summary>
    public required IReadOnlyList<RefusalReport> Refusals { get; init; }

    /// <summary>Managed memory in use, in bytes.</summary>
    public required long Heap { get; init; }

    /// <summary>The part of the time that garbage collections have halted the process since its start, in percent.</summary>
    public required double GcPause { get; init; }

    /// <summary>Threads of the pool.</summary>
    public required int Threads { get; init; }

    /// <summary>What the comments take in the store, in bytes; null if the store does not tell.</summary>
    public required long? StoreSize { get; init; }

    /// <summary>How it stands with the review hook; null if none is asked.</summary>
    public ReviewHookReport? ReviewHook { get; init; }

    /// <summary>How far behind the firehose of this node is; null if it has none.</summary>
    public FirehoseStatus? Firehose { get; init; }

    /// <summary>Seconds since the start.</summary>
    public required long Uptime { get; init; }

    /// <summary>Whether the node takes viewers.</summary>
    public required bool Ready { get; init; }
}

/// <summary>How it stands with the review hook.</summary>
/// <param name="State"><c>closed</c>: it is asked; <c>open</c>: it fails and is left alone; <c>probing</c>: it is tried again.</param>
/// <param name="Since">Since when it has been asked without a break, or been left alone, in milliseconds since 1970.</param>
public sealed record ReviewHookReport(string State, long Since);

/// <summary>One second of this node.</summary>
/// <param name="At">When it ended, in milliseconds since 1970.</param>
/// <param name="Viewers">Open streams.</param>
/// <param name="SlowViewers">Those of them whose connection has no room for what they are to get.</param>
/// <param name="CommentsIn">Comments accepted.</param>
/// <param name="DeliveriesOut">Comments written to viewers: one comment to ten viewers is ten.</param>
/// <param name="Refused">Posts, streams, and requests for the operators' pages that were refused.</param>
/// <param name="Gaps">Times that a viewer was told of a gap.</param>
/// <param name="Append">How long comments took to become durable; null if there were none.</param>
/// <param name="Delivery">How old comments were when the last viewer who keeps up had them.</param>
/// <param name="Cpu">Processor time, in percent of all processors.</param>
/// <param name="Memory">The memory of the process that is in RAM, in bytes.</param>
public sealed record NodeSample(
    long At,
    long Viewers,
    long SlowViewers,
    long CommentsIn,
    long DeliveriesOut,
    long Refused,
    long Gaps,
    Percentiles? Append,
    Percentiles? Delivery,
    double Cpu,
    long Memory);

/// <summary>A video that is watched on this node.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Viewers">How many watch it here.</param>
/// <param name="Rate">Its comments a second, averaged over some seconds.</param>
public sealed record VideoReport(LiveVideoId Id, int Viewers, double Rate);

/// <summary>What was refused for one reason.</summary>
/// <param name="What">A post, a stream, or an operator.</param>
/// <param name="Reason">A short name in lower case.</param>
/// <param name="LastMinute">How many in the last minute.</param>
/// <param name="Total">How many since the start.</param>
public sealed record RefusalReport(string What, string Reason, long LastMinute, long Total);

/// <summary>What an operator page needs to know once: the node, and the seconds before now.</summary>
/// <param name="Version">The version of the program.</param>
/// <param name="Machine">The name of the machine.</param>
/// <param name="Processors">How many processors it may use.</param>
/// <param name="MaxViewers">The most streams at once.</param>
/// <param name="History">The last minutes, oldest first.</param>
public sealed record NodeIntroduction(
    string Version, string Machine, int Processors, int MaxViewers, IReadOnlyList<NodeSample> History);
