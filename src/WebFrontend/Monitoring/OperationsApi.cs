using System.Net.ServerSentEvents;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Operators;

namespace LiveComments.WebFrontend.Monitoring;

/// <summary>The operator page and the events that it lives on.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var page = new Page(Pages.Files, "ops.html");
        var operators = routes.MapGroup("/ops")
            .RequireOperator()
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
