using System.Buffers;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads the bodies of posts.</summary>
internal static class PostBody
{
    /// <summary>Reads the body of <paramref name="request"/>: either the comment or the problem with it is not null.</summary>
    public static async ValueTask<(NewComment? Comment, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request)
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

    /// <summary>Reads the body of <paramref name="request"/> as it is; null where it is larger than <see cref="NewComment.MaxBytes"/>.</summary>
    public static async ValueTask<byte[]?> ReadBytesAsync(HttpRequest request) =>
        (await TakeBodyAsync(request, body => body.ToArray())).Body;

    private static async ValueTask<(T? Body, bool TooLarge)> TakeBodyAsync<T>(HttpRequest request, Func<ReadOnlySequence<byte>, T?> take)
        where T : class
    {
        try
        {
            var body = await request.BodyReader.ReadAtLeastAsync(NewComment.MaxBytes + 1, request.HttpContext.RequestAborted);
            try
            {
                return body.Buffer.Length > NewComment.MaxBytes ? (null, true) : (take(body.Buffer), false);
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
