using System.Net.ServerSentEvents;
using LiveComments.WebFrontend.Pages;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Operations;

/// <summary>The operator page and the events that it lives on.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var page = new Page(ViewerPages.Files, "ops.html");
        var operators = routes.MapGroup("/ops")
            .AddEndpointFilter(ActivatorUtilities.CreateInstance<OperatorAccess>(routes.ServiceProvider))
            .ExcludeFromDescription();
        operators.MapGet("", (HttpResponse response) =>
        {
            SecurityHeaders.SetForPage(response);
            return page.Answer();
        });
        operators.MapGet("/events", (NodeMonitor monitor, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(monitor.WatchAsync(cancellationToken)
                .Select(item => new SseItem<object>(item, item is NodeIntroduction ? "node" : "report"))));
    }
}
