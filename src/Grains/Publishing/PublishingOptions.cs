using System.ComponentModel.DataAnnotations;

namespace LiveComments.Grains.Publishing;

/// <summary>
/// Whether accepted comments also go to consumers inside the cluster, such as moderation or analytics: the section <c>Publishing</c>.
/// </summary>
public sealed record PublishingOptions
{
    /// <summary>The name of the Orleans stream provider that carries them. Without one they go nowhere; that is the default.</summary>
    public string? Provider { get; set; }

    /// <summary>How many comments of one video may wait for the provider, 1 to 100,000; more are dropped. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1_000;
}
