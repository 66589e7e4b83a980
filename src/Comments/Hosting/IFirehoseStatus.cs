namespace LiveComments;

/// <summary>Says how it stands with the firehose of this process. Safe for use by many threads at once.</summary>
public interface IFirehoseStatus
{
    /// <summary>How it stands now.</summary>
    FirehoseStatus Current { get; }
}

/// <summary>How it stands with the firehose of a process.</summary>
/// <param name="Entries">About how many entries it has yet to send; more if another process has left some.</param>
/// <param name="Seconds">How old the oldest of them is, in seconds; 0 if there is none.</param>
/// <param name="Takes">Whether the receiver took the last batch.</param>
public sealed record FirehoseStatus(long Entries, long Seconds, bool Takes);
