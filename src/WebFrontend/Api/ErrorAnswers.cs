using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Answers what endpoints throw. What has a known reason is no error of the program, and is not logged as one.</summary>
internal sealed class ErrorAnswers : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The headers that were set have been cleared with the rest of the answer.
        SecurityHeaders.SetForData(httpContext.Response);
        if (AnswerTo(exception, httpContext) is not { } answer) return false;
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether an exception has a known reason.</summary>
    public static bool IsExpected(Exception exception) => exception is CommentsUnavailableException or BadHttpRequestException;

    private static ProblemHttpResult? AnswerTo(Exception exception, HttpContext context) => exception switch
    {
        CommentsUnavailableException => Problems.Unavailable().RetryLater(context),
        BadHttpRequestException bad => TypedResults.Problem(statusCode: bad.StatusCode, detail: bad.Message),
        _ => null,
    };
}
