using System.ComponentModel.DataAnnotations;

namespace LiveComments.Storage.Orleans;

/// <summary>How logs are kept in Orleans grain storage.</summary>
public sealed record OrleansStorageOptions
{
    /// <summary>The largest <see cref="SegmentBytes"/>.</summary>
    public const int MaxSegmentBytes = 1_048_576;

    /// <summary>
    /// The largest <see cref="SegmentBytes"/> if the provider is Azure Table: 120 KiB. An entity holds 960 KiB. A segment and the append
    /// that fills it (256 KiB, <see cref="LiveVideoOptions.MaxAppendBytes"/>) take at most twice their bytes as JSON, 752 KiB. More would
    /// not be taken by the emulator azurite, which counts an entity as it is sent, in base64.
    /// </summary>
    public const int MaxSegmentBytesInAzureTable = 122_880;

    /// <summary>The name of the grain storage provider that holds the logs. Default <c>comments</c>.</summary>
    [Required]
    public string GrainStorage { get; set; } = "comments";

    /// <summary>
    /// The size in bytes at which a segment is full, 1,024 to 1,048,576. Default 16 KiB. The last segment is written anew by each append,
    /// half of this on the average; the append that fills it may reach beyond. May be changed at any time, for all that comes after.
    /// </summary>
    [Range(1_024, MaxSegmentBytes)]
    public int SegmentBytes { get; set; } = 16_384;

    /// <summary>
    /// How long after a write the next of the same video begins at the earliest, in milliseconds, 0 to 1,000: the comments of a busy video
    /// share writes, and on a quiet one none waits. Default 0. With Azure Storage 20 to 50 is advised: each write costs money.
    /// </summary>
    [Range(0, 1_000)]
    public int AppendIntervalMs { get; set; }

    /// <summary>How many bytes of segments are kept in memory, 1 MiB to 16 GiB. Default 64 MiB.</summary>
    [Range(1_048_576, 17_179_869_184)]
    public long CacheBytes { get; set; } = 67_108_864;
}
