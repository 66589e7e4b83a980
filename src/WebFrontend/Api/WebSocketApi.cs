using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Connections.WebSockets;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// A live video over a WebSocket (RFC 6455), for networks that hold event streams back and for native apps: the events of the stream as
/// texts, and posts the other way.
/// </summary>
internal sealed class WebSocketApi
{
    private readonly StreamAdmission _admission;
    private readonly AllowedOrigins _origins;
    private readonly TimeProvider _time;
    private readonly Func<string, string?, HttpRequest, Task<IResult>> _post;
    private readonly RequestDelegate _handshake;

    /// <param name="routes">Whose endpoints these are.</param>
    /// <param name="post">Handles a post: the id, the Idempotency-Key, the request.</param>
    public WebSocketApi(IEndpointRouteBuilder routes, Func<string, string?, HttpRequest, Task<IResult>> post)
    {
        var services = routes.ServiceProvider;
        _admission = services.GetRequiredService<StreamAdmission>();
        _origins = services.GetRequiredService<AllowedOrigins>();
        _time = services.GetRequiredService<TimeProvider>();
        _post = post;
        // A pipeline of its own: the program that hosts us needs no middleware for it. Pings are sent as keep-alives are.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets(new() { KeepAliveInterval = TimeSpan.Zero });
        pipeline.Run(async context => await (await FollowAsync(context)).ExecuteAsync(context));
        _handshake = pipeline.Build();
    }

    /// <summary>Whether the request asks for a WebSocket.</summary>
    public static bool IsAskedFor(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Handles such a request, up to the end of its socket.</summary>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        context.Features.Set<IHttpUpgradeFeature>(new FrameUpgrade(context.Features.GetRequiredFeature<IHttpUpgradeFeature>()));
        await _handshake(context);
        return TypedResults.Empty;
    }

    private async Task<IResult> FollowAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.SecWebSocketVersion = "13";
            return Problems.InvalidHandshake();
        }

        if (!_origins.Include(context.Request)) return Problems.OriginNotAllowed();
        SocketToken.MoveToHeader(context);
        var liveVideoId = (string)context.GetRouteValue("liveVideoId")!;
        var request = context.Request;
        var admitted = await _admission.AdmitAsync(
            new(liveVideoId, request.Query["backlog"], request.Query["after"], request.Headers["Last-Event-ID"], request.Query["view"]),
            context);
        if (admitted.Session is not { } session) return admitted.Refusal!;
        using (session) await RunAsync(context, session, admitted.Resume, admitted.Backlog, liveVideoId);
        return TypedResults.Empty;
    }

    private async Task RunAsync(HttpContext context, StreamSession session, CommentId? resume, int backlog, string liveVideoId)
    {
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { SubProtocol = SocketToken.Choose(context) });
            var stream = ((FrameUpgrade)context.Features.GetRequiredFeature<IHttpUpgradeFeature>()).Stream!;
            var connection = new WebSocketConnection(context, socket, stream, _time);
            var posts = new WebSocketPosts(liveVideoId, context, _post);
            await session.RunAsync(connection, TakeAsync, resume, backlog);

            async Task<SocketClose?> TakeAsync(ReadOnlyMemory<byte> message)
            {
                if (await posts.AnswerAsync(message) is not { } answer) return SocketClose.NoMessage;
                await connection.SendAsync(answer);
                return null;
            }
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception))
        {
            // Before anything was sent.
            context.Abort();
        }
    }
}
