using Microsoft.AspNetCore.Http.Features;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Reads what an answered request has left of its chunked body. The server does so by itself, but where the trailer behind a body is none
/// it logs that at Error, and a stranger could fill the log. Such a connection is cut here instead.
/// </summary>
internal static class UnreadBodies
{
    /// <summary>Does so for all requests of the program.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (IsChunked(context.Request)) await ReadRestAsync(context);
    });

    private static bool IsChunked(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && !HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol);

    private static async Task ReadRestAsync(HttpContext context)
    {
        try
        {
            // The client waits for its answer, and the server for the rest: as long as its limits say.
            await context.Response.CompleteAsync();
            var body = context.Request.BodyReader;
            while (true)
            {
                var read = await body.ReadAsync(context.RequestAborted);
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (BadHttpRequestException)
        {
            // The server has seen it, and closes the connection.
        }
        catch (Exception)
        {
            // What comes behind this is no request.
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
    }
}
