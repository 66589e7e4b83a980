using System.ComponentModel.DataAnnotations;
using Amazon;
using Amazon.DynamoDBv2;

namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// Which table holds the logs, and how to reach it: the section <c>DynamoDb</c>. Credentials come from where the AWS SDK looks for them.
/// </summary>
public sealed record DynamoDbOptions : IValidatableObject
{
    /// <summary>The table. Default <c>live-comments</c>.</summary>
    [RegularExpression(
        "^[A-Za-z0-9_.-]{3,255}$", ErrorMessage = "A table's name is 3 to 255 characters of A-Z, a-z, 0-9, '_', '-' and '.'.")]
    public string Table { get; set; } = "live-comments";

    /// <summary>Whether to make the table at the start if it is missing, billed by request. Default no.</summary>
    public bool CreateTable { get; set; }

    /// <summary>The AWS region, as <c>eu-central-1</c>. Default: where the AWS SDK looks for it.</summary>
    public string? Region { get; set; }

    /// <summary>The address of a compatible store, as <c>http://127.0.0.1:4567</c>. Default none: that of AWS.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>How long one request may take, in milliseconds, 10 to 60,000. Default 1,000.</summary>
    [Range(10, 60_000)]
    public int TimeoutMs { get; set; } = 1_000;

    /// <summary>How often a request that failed for a moment is tried again, 0 to 10. Default 4: about a second in all.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 4;

    /// <summary>
    /// How long after a write the next of the same video begins at the earliest, in milliseconds, 0 to 1,000: the comments of a busy video
    /// share writes. On a quiet video none waits. Default 20.
    /// </summary>
    [Range(0, 1_000)]
    public int AppendIntervalMs { get; set; } = 20;

    /// <summary>
    /// How long a video that is watched here, but got no posts, is believed to be owned here, in seconds; then its log is asked. 0 = for
    /// ever. Default 3.
    /// </summary>
    [Range(0, 3_600)]
    public int OwnerCheckSeconds { get; set; } = 3;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServiceUrl is not null && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new($"'{ServiceUrl}' is no address such as http://127.0.0.1:4567.", [nameof(ServiceUrl)]);
    }

    /// <summary>The SDK's configuration: it tries each request once, because the caller knows which may be tried again.</summary>
    internal AmazonDynamoDBConfig ToClientConfig()
    {
        var config = new AmazonDynamoDBConfig { MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 };
        if (Region is not null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        if (ServiceUrl is null) return config;
        config.ServiceURL = ServiceUrl;
        config.AuthenticationRegion = Region ?? "us-east-1";
        return config;
    }
}
