using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>What all endpoints of the API share: their headers, and their answers to failures that have a known reason.</summary>
internal static class ApiConventions
{
    /// <summary>Adds both to the endpoints of a group. No other endpoint of the program is touched.</summary>
    public static TBuilder WithApiConventions<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => InvokeAsync(context, next);
        });
        return endpoints;
    }

    /// <summary>The answer to a failure; null if the failure is not expected.</summary>
    public static ProblemHttpResult? AnswerTo(Exception exception, HttpContext context) => exception switch
    {
        CommentsUnavailableException => Problems.Unavailable().RetryLater(context),
        BadHttpRequestException bad => TypedResults.Problem(statusCode: bad.StatusCode, detail: bad.Message),
        _ => null,
    };

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.SetForData(context.Response);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && AnswerTo(exception, context) is { } answer)
        {
            await answer.ExecuteAsync(context);
        }
    }
}
