using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads the bodies of requests, none larger than <see cref="NewComment.MaxBytes"/> where it does not say otherwise.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The limit that the server keeps, twice the largest body: it counts the framing of a chunked body, too. Who reads the body keeps the
    /// limit to the byte.
    /// </summary>
    public static readonly RequestSizeLimitAttribute ServersLimit = new(2 * NewComment.MaxBytes);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the body of <paramref name="request"/>: either it or the problem with it is not null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">What the body is.</param>
    /// <param name="example">What such a body looks like.</param>
    /// <param name="maxBytes">The size of the largest.</param>
    public static async ValueTask<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, string example, int maxBytes = NewComment.MaxBytes)
        where T : class
    {
        if (!request.HasJsonContentType()) return (null, Problems.NotJson());
        try
        {
            var (body, tooLarge) = await TakeBodyAsync(request, json => Parse(json, type), maxBytes);
            if (tooLarge) return (null, Problems.BodyTooLarge(maxBytes));
            return body is null ? (null, Problems.InvalidJson(example, "It must be an object.")) : (body, null);
        }
        catch (JsonException exception)
        {
            return (null, Problems.InvalidJson(example, exception.Message));
        }
    }

    /// <summary>The same, of a request whose body may be left out, and with it its type: then it is <paramref name="absent"/>.</summary>
    public static ValueTask<(T? Body, ProblemHttpResult? Problem)> ReadOptionalAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, T absent, string example)
        where T : class =>
        request.ContentType is null && request.ContentLength is null or 0 ? new((absent, null)) : ReadAsync(request, type, example);

    /// <summary>
    /// Reads the body of <paramref name="request"/> as it is; null if it is larger than <paramref name="maxBytes"/>.
    /// </summary>
    public static async ValueTask<byte[]?> ReadBytesAsync(HttpRequest request, int maxBytes = NewComment.MaxBytes) =>
        (await TakeBodyAsync(request, body => body.ToArray(), maxBytes)).Body;

    private static async ValueTask<(T? Body, bool TooLarge)> TakeBodyAsync<T>(
        HttpRequest request, Func<ReadOnlySequence<byte>, T?> take, int maxBytes)
        where T : class
    {
        try
        {
            var body = await request.BodyReader.ReadAtLeastAsync(maxBytes + 1, request.HttpContext.RequestAborted);
            try
            {
                return body.Buffer.Length > maxBytes ? (null, true) : (take(body.Buffer), false);
            }
            finally
            {
                // Even if it is refused: a body left unread would cost the client its connection.
                request.BodyReader.AdvanceTo(body.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server counts, too, and may be first to see that it is too much.
            return (null, true);
        }
        catch (Exception exception) when (exception is not JsonException)
        {
            // The client is gone, or what follows is no request. Kestrel would still look for one, in an input that it has not done
            // reading.
            if (!HttpProtocol.IsHttp2(request.Protocol))
                request.HttpContext.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            if (exception is BadHttpRequestException) throw;
            // The server throws many things where a body is not what its headers say. All of them are of the client's making.
            throw new BadHttpRequestException(
                "The body cannot be read as the headers describe it.", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static T? Parse<T>(ReadOnlySequence<byte> json, JsonTypeInfo<T> type)
    {
        var utf8 = json.IsSingleSegment ? json.FirstSpan : json.ToArray();
        if (utf8.StartsWith(ByteOrderMark)) utf8 = utf8[ByteOrderMark.Length..];
        return JsonSerializer.Deserialize(utf8, type);
    }
}
