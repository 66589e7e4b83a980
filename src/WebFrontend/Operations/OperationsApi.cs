using System.Net.ServerSentEvents;
using System.Text.Json;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Pages;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Operations;

/// <summary>The operator page and the events that it shows.</summary>
internal static class OperationsApi
{
    private static readonly JsonSerializerOptions Json = WireJson.Configure(new(JsonSerializerDefaults.Web));

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes)
    {
        var page = new Page(PageFiles.All, "ops.html");
        var operators = routes.MapGroup("/ops")
            .RequireOperator()
            .WithExactAddresses()
            .ExcludeFromDescription();
        operators.MapGet("", (HttpResponse response) =>
        {
            SecurityHeaders.SetForPage(response, parents: []);
            return page.Answer();
        });
        operators.MapGet("/events", (NodeMonitor monitor, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(monitor.ReportsAsync(cancellationToken).Select(AsEvent)));
        return operators;
    }

    private static SseItem<string> AsEvent(object item) =>
        new(JsonSerializer.Serialize(item, item.GetType(), Json), item is NodeIntroduction ? "node" : "report");
}
