using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Diagnostics;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Answers what any endpoint of our own program throws. What has a known reason is no error of the program, and is not logged as one.
/// </summary>
internal sealed class ErrorAnswers : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The headers that were set have been cleared with the rest of the answer.
        SecurityHeaders.SetForData(httpContext.Response);
        if (ApiConventions.AnswerTo(exception, httpContext) is not { } answer) return false;
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether an exception has a known reason.</summary>
    public static bool IsExpected(Exception exception) => exception is CommentsUnavailableException or BadHttpRequestException;
}
