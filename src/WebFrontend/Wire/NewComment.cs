using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Wire;

/// <summary>The body of a post.</summary>
/// <param name="Author">Who writes: 1 to 50 characters after trimming.</param>
/// <param name="Message">The text: 1 to 500 characters after trimming; line feeds are its only control characters.</param>
public sealed record NewComment(string? Author, string? Message)
{
    /// <summary>The largest body, in bytes: 8 KiB.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>Reads the body of <paramref name="request"/>: either the comment or the problem with it is not null.</summary>
    internal static async ValueTask<(NewComment? Comment, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType()) return (null, Problems.NotJson());
        try
        {
            var (comment, tooLarge) = await TakeBodyAsync(request, Parse);
            if (tooLarge) return (null, Problems.BodyTooLarge());
            return comment is null ? (null, Problems.InvalidJson("It must be an object.")) : (comment, null);
        }
        catch (JsonException exception)
        {
            return (null, Problems.InvalidJson(exception.Message));
        }
    }

    /// <summary>Reads the body of <paramref name="request"/> as it is; null where it is larger than <see cref="MaxBytes"/>.</summary>
    internal static async ValueTask<byte[]?> ReadBytesAsync(HttpRequest request) =>
        (await TakeBodyAsync(request, body => body.ToArray())).Body;

    private static async ValueTask<(T? Body, bool TooLarge)> TakeBodyAsync<T>(HttpRequest request, Func<ReadOnlySequence<byte>, T?> take)
        where T : class
    {
        try
        {
            var body = await request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, request.HttpContext.RequestAborted);
            try
            {
                return body.Buffer.Length > MaxBytes ? (null, true) : (take(body.Buffer), false);
            }
            finally
            {
                // Also where it is refused: a body left unread would cost the client its connection.
                request.BodyReader.AdvanceTo(body.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server counts, too, and may be first to see that it is too much.
            return (null, true);
        }
        catch (BadHttpRequestException) when (!HttpProtocol.IsHttp2(request.Protocol))
        {
            // The client is gone, or what follows is no request. Kestrel would still look for one, in an input that it has not done reading.
            request.HttpContext.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            throw;
        }
    }

    private static NewComment? Parse(ReadOnlySequence<byte> json) =>
        JsonSerializer.Deserialize(json.IsSingleSegment ? json.FirstSpan : json.ToArray(), WireJson.Context.NewComment);
}
