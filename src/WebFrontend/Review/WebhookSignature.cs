using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments.WebFrontend.Review;

/// <summary>Signs requests as Standard Webhooks 1.0 has it, so that the hook knows from whom they are, and when they were made.</summary>
internal sealed class WebhookSignature(byte[] secret)
{
    private const string SecretPrefix = "whsec_";
    private const int FewestSecretBytes = 24;
    private const int MostSecretBytes = 64;

    /// <summary>What is said of a secret that is none.</summary>
    public static string SecretAdvice { get; } =
        $"Give {SecretPrefix} and {FewestSecretBytes} to {MostSecretBytes} bytes in base64, as whsec_$(openssl rand -base64 32).";

    /// <summary>The bytes of a secret; null if it has not the form of one.</summary>
    public static byte[]? ReadSecret(string? secret)
    {
        if (secret is null || !secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[MostSecretBytes];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) && length >= FewestSecretBytes
            ? bytes[..length]
            : null;
    }

    /// <summary>Adds the three headers to a request.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="id">The id of the message, another for each.</param>
    /// <param name="at">The time.</param>
    /// <param name="body">The body, byte by byte as it is sent.</param>
    public void Sign(HttpRequestHeaders headers, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", timestamp);
        headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}");
    }
}
