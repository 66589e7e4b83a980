namespace LiveComments.WebFrontend.Api;

/// <summary>Says in every answer which node gave it.</summary>
internal static class NodeHeader
{
    public const string Name = "LiveComments-Node";

    public static void UseNodeHeader(this IApplicationBuilder app, string node) => app.Use((context, next) =>
    {
        // Set at the last moment: an answer to an exception begins with the headers cleared.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Name] = node;
            return Task.CompletedTask;
        });
        return next(context);
    });
}
