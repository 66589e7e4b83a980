namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Ends the connection of a client that takes too long for an answer. The time counts from the answer's first byte to its last. A stream of
/// events and a WebSocket have another limit, for each write. An export, which may be as long as a video, has none; its rate has one.
/// </summary>
internal sealed class AnswerTimeLimit(HttpContext context, TimeSpan limit, TimeProvider time)
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _done;

    /// <summary>Limits all answers of the program.</summary>
    public static void Use(IApplicationBuilder app, TimeSpan limit, TimeProvider time) => app.Use((context, next) =>
    {
        var answer = new AnswerTimeLimit(context, limit, time);
        context.Response.OnStarting(static answer => ((AnswerTimeLimit)answer).Begin(), answer);
        context.Response.OnCompleted(static answer => ((AnswerTimeLimit)answer).End(), answer);
        return next(context);
    });

    private Task Begin()
    {
        if (context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols) return Task.CompletedTask;
        if (context.Response.ContentType is { } type
            && (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) || type == ExportApi.ContentType))
            return Task.CompletedTask;
        _timer = time.CreateTimer(static answer => ((AnswerTimeLimit)answer!).Abort(), this, limit, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private void Abort()
    {
        // The server uses the context for the next request of the connection as soon as this one is done.
        lock (_gate)
        {
            if (!_done) context.Abort();
        }
    }

    private Task End()
    {
        lock (_gate) _done = true;
        _timer?.Dispose();
        return Task.CompletedTask;
    }
}
