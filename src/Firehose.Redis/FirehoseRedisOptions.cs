using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace LiveComments.Firehose.Redis;

/// <summary>Which Redis Streams the firehose appends entries to: the section <c>Firehose:Redis</c>.</summary>
public sealed record FirehoseRedisOptions : IValidatableObject
{
    /// <summary>What stands in <see cref="Stream"/> for the id of the video.</summary>
    internal const string Video = "{video}";

    /// <summary>How to connect, as StackExchange.Redis has it: <c>redis.example.org:6379,ssl=true,password=…</c>. Default none.</summary>
    public string? Connection { get; set; }

    /// <summary>A file with that, instead of it.</summary>
    public string? ConnectionFile { get; set; }

    /// <summary>
    /// The key of the stream. With <c>{video}</c> in it, which stands for the id of the video, each video has one of its own. Default
    /// <c>livecomments</c>.
    /// </summary>
    [Required]
    public string Stream { get; set; } = "livecomments";

    /// <summary>About how many entries a stream keeps; Redis removes the oldest beyond them, read or not. Default 1,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxLength { get; set; } = 1_000_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Connection is not null && !IsConnection(Connection))
            yield return new("That is no connection such as redis.example.org:6379,ssl=true.", [nameof(Connection)]);
    }

    private static bool IsConnection(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            // It is said which setting it is, and not what is in it: there may be a password.
            return false;
        }
    }
}
