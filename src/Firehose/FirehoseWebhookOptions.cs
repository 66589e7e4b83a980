using System.ComponentModel.DataAnnotations;
using LiveComments.WebFrontend.Review;

namespace LiveComments.Firehose;

/// <summary>Where the firehose posts entries: the section <c>Firehose:Webhook</c>.</summary>
public sealed record FirehoseWebhookOptions : IValidatableObject
{
    /// <summary>Where batches are posted, as <c>https://example.org/comments</c>. Default none.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// The key that requests are signed with (Standard Webhooks): <c>whsec_</c> and 24 to 64 bytes in base64. It is required with an address.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>A file with the secret, instead of it.</summary>
    public string? SecretFile { get; set; }

    /// <summary>How many requests may be under way at a time. Default 4.</summary>
    [Range(1, 64)]
    public int RequestsAtOnce { get; set; } = 4;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null)
        {
            if (Secret is not null)
                yield return new("There is no address to sign for. Set Firehose:Webhook:Url, or remove it.", [nameof(Secret)]);
            yield break;
        }

        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" })
            yield return new($"'{Url}' is no address such as https://example.org/comments.", [nameof(Url)]);
        if (WebhookSignature.ReadSecret(Secret) is null) yield return new(WebhookSignature.SecretAdvice, [nameof(Secret)]);
    }
}
