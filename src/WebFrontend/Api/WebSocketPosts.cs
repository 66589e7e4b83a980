using System.Buffers;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Takes the posts that come on one WebSocket: each is a request of its own, with the address and the token of the socket, and is held to
/// the same rules and limits.
/// </summary>
/// <param name="liveVideoId">The id as the address has it.</param>
/// <param name="opened">The request that opened the socket.</param>
/// <param name="post">Handles a post: the id, the Idempotency-Key, the request.</param>
internal sealed class WebSocketPosts(string liveVideoId, HttpContext opened, Func<string, string?, HttpRequest, Task<IResult>> post)
{
    /// <summary>The answer to a message as a text; null if the message asks for nothing known.</summary>
    public async Task<ReadOnlyMemory<byte>?> AnswerAsync(ReadOnlyMemory<byte> message)
    {
        if (Read(message.Span) is not { Type: SocketMessage.Post } known) return null;
        var context = NewRequest(message);
        await AnswerAsync(context, known.Key);
        await context.Response.CompleteAsync();
        return Wrap(known.Key, context.Response);
    }

    private static SocketMessage? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, WireJson.Context.SocketMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpContext context, string? key)
    {
        try
        {
            var result = await post(liveVideoId, key, context.Request);
            await result.ExecuteAsync(context);
        }
        catch (Exception exception) when (ApiConventions.AnswerTo(exception, context) is { } answer)
        {
            await answer.ExecuteAsync(context);
        }
    }

    private DefaultHttpContext NewRequest(ReadOnlyMemory<byte> body)
    {
        var context = new DefaultHttpContext { RequestServices = opened.RequestServices, RequestAborted = opened.RequestAborted };
        context.Connection.RemoteIpAddress = opened.Connection.RemoteIpAddress;
        context.Connection.RemotePort = opened.Connection.RemotePort;
        var request = context.Request;
        (request.Method, request.Protocol, request.Scheme) = ("POST", opened.Request.Protocol, opened.Request.Scheme);
        (request.Host, request.PathBase, request.Path) = (opened.Request.Host, opened.Request.PathBase, opened.Request.Path);
        request.Headers.Authorization = opened.Request.Headers.Authorization;
        request.ContentType = "application/json";
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body.ToArray(), writable: false);
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static ReadOnlyMemory<byte> Wrap(string? key, HttpResponse response)
    {
        var body = ((MemoryStream)response.Body).ToArray();
        var text = new ArrayBufferWriter<byte>(body.Length + 128);
        using (var json = new Utf8JsonWriter(text, new() { Encoder = WireJson.Context.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", response.StatusCode switch { 200 or 201 => "posted", 202 => "held", _ => "refused" });
            if (key is not null) json.WriteString("key", key);
            if (int.TryParse(response.Headers.RetryAfter, out var seconds)) json.WriteNumber("retryAfter", seconds);
            json.WritePropertyName("data");
            // Without a body the status says it all.
            if (body.Length > 0) json.WriteRawValue(body);
            else json.WriteRawValue($$"""{"status":{{response.StatusCode}}}""");
            json.WriteEndObject();
        }

        return text.WrittenMemory;
    }
}
