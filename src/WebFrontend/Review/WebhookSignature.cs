using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments.WebFrontend.Review;

/// <summary>Signs requests as Standard Webhooks 1.0 has it, so that the hook knows from whom they are, and when they were made.</summary>
internal sealed class WebhookSignature(byte[] secret)
{
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
