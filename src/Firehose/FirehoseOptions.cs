using System.ComponentModel.DataAnnotations;
using LiveComments.WebFrontend.Identity;

namespace LiveComments.Firehose;

/// <summary>Which videos' entries leave the site, and how: the section <c>Firehose</c>.</summary>
public sealed record FirehoseOptions : IValidatableObject
{
    /// <summary>The videos: ids, or prefixes that end in <c>*</c>, such as <c>show-*</c>; <c>*</c> is all. Default none.</summary>
    public IReadOnlyList<string> Videos { get; set; } = [];

    /// <summary>The most entries in a batch. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchEntries { get; set; } = 500;

    /// <summary>For how long entries gather for a batch, in milliseconds. Default 5.</summary>
    [Range(0, 1_000)]
    public int BatchDelayMs { get; set; } = 5;

    /// <summary>How long the receiver may take for a batch, in milliseconds. Then it is sent again. Default 10,000.</summary>
    [Range(100, 120_000)]
    public int TimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// After how many hours an entry that the receiver does not take is given up. It is tried once however old it is. Default 72.
    /// </summary>
    [Range(1, 8_760)]
    public int GiveUpHours { get; set; } = 72;

    /// <summary>
    /// How often is written down what was sent, in seconds. After a crash at most so much is sent twice. Default 10.
    /// </summary>
    [Range(1, 300)]
    public int PositionSeconds { get; set; } = 10;

    /// <summary>How many entries are kept in memory until they are sent; beyond that they are read from the log. Default 20,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxInMemory { get; set; } = 20_000;

    /// <summary>Whether no other process can own videos of this store: what another has left is sent at once, and not after a while.</summary>
    internal bool Alone { get; set; }

    internal TimeSpan Timeout => TimeSpan.FromMilliseconds(TimeoutMs);

    internal TimeSpan GiveUpAfter => TimeSpan.FromHours(GiveUpHours);

    internal TimeSpan PositionEvery => TimeSpan.FromSeconds(PositionSeconds);

    /// <summary>After how long without news of a process another sends what it has left.</summary>
    internal TimeSpan Quiet => 3 * PositionEvery;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Videos.FirstOrDefault(pattern => !VideoPattern.IsValid(pattern)) is { } wrong)
            yield return new($"'{wrong}' is neither the id of a video nor a prefix that ends in *.", [nameof(Videos)]);
        if (Videos.Count == 0) yield return new("Name the videos, or * for all.", [nameof(Videos)]);
    }
}
