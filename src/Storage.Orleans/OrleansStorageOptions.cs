using System.ComponentModel.DataAnnotations;

namespace LiveComments.Storage.Orleans;

/// <summary>How logs are kept in Orleans grain storage.</summary>
public sealed record OrleansStorageOptions
{
    /// <summary>The name of the grain storage provider that holds the logs. Default <c>comments</c>.</summary>
    [Required]
    public string Provider { get; set; } = "comments";

    /// <summary>
    /// The size in bytes at which a segment is full, 1,024 to 1,048,576. Default 16 KiB. The last segment is written anew by each append,
    /// half of this on the average; the append that fills it may reach beyond. May be changed at any time, for all that comes after.
    /// </summary>
    [Range(1_024, 1_048_576)]
    public int SegmentBytes { get; set; } = 16_384;

    /// <summary>How many bytes of segments are kept in memory, 1 MiB to 16 GiB. Default 64 MiB.</summary>
    [Range(1_048_576, 17_179_869_184)]
    public long CacheBytes { get; set; } = 67_108_864;
}
