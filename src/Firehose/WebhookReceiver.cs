using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveComments.WebFrontend.Review;

namespace LiveComments.Firehose;

/// <summary>Posts batches to an address, signed as Standard Webhooks 1.0 has it. Any answer of 2xx says that all of it was taken.</summary>
internal sealed class WebhookReceiver(FirehoseWebhookOptions options, HttpClient http, TimeProvider time) : IFirehoseReceiver
{
    private const int IdBytes = 16;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    private readonly WebhookSignature _signature =
        new(WebhookSignature.ReadSecret(options.Secret) ?? throw new InvalidOperationException("The settings are checked."));

    /// <inheritdoc/>
    public int BatchesAtOnce => options.RequestsAtOnce;

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<FirehoseEntry> entries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var body = Write(entries, now);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = JsonType;
        _signature.Sign(request.Headers, IdOf(entries), now, body.Span);
        // Nothing of the answer's body is read.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"It answered {(int)response.StatusCode}.", null, response.StatusCode);
    }

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<FirehoseEntry> entries, DateTimeOffset now)
    {
        var bytes = new ArrayBufferWriter<byte>(256 * entries.Count);
        using var json = new Utf8JsonWriter(bytes, new() { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("type", "comments.entries");
        json.WriteString("timestamp", now.UtcDateTime);
        json.WriteStartObject("data");
        json.WriteStartArray("entries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("type", entry.Type);
            json.WriteString("liveVideoId", entry.LiveVideoId.ToString());
            json.WriteString("createdAt", entry.CreatedAt.UtcDateTime);
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    // The same entries have the same id.
    private static string IdOf(IReadOnlyList<FirehoseEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries) hash.AppendData(Encoding.ASCII.GetBytes($"{entry.Id}\n"));
        return $"msg_{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, IdBytes))}";
    }
}
