using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Wire;

/// <summary>Every error that the API answers with, as RFC 9457 problem details with a stable <c>type</c>.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:problem-type:livecomments:";

    public static ProblemHttpResult InvalidLiveVideoId() => Of(
        400, "invalid-live-video-id", "No live video has this id.",
        $"Use 1 to {LiveVideoId.MaxLength} characters of A-Z, a-z, 0-9, '_' and '-'.");

    public static ProblemHttpResult InvalidParameter(string name, string allowed) => Of(
        400, "invalid-parameter", $"The parameter '{name}' is not valid.", $"Send {allowed}, or leave it out.");

    public static ProblemHttpResult InvalidIdempotencyKey() => Of(
        400, "invalid-idempotency-key", "The Idempotency-Key is not valid.",
        $"Send one of 1 to {IdempotencyKey.MaxLength} printable ASCII characters, or none.");

    public static ProblemHttpResult InvalidJson(string what) => Of(
        400, "invalid-json", "The body is no JSON that can be read.",
        $$"""Send {"author":"…","message":"…"} in UTF-8. {{what}}""");

    public static ProblemHttpResult InvalidComment(IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = Of(
            400, "invalid-comment", "The comment cannot be taken as it is.",
            string.Join(' ', errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
        problem.ProblemDetails.Extensions["errors"] = errors;
        return problem;
    }

    public static ProblemHttpResult NotJson() => Of(
        415, "not-json", "The body is not declared as JSON.", "Send Content-Type: application/json, in UTF-8.");

    public static ProblemHttpResult BodyTooLarge() => Of(
        413, "body-too-large", "The body is too large.", $"Send at most {NewComment.MaxBytes:N0} bytes.");

    public static ProblemHttpResult TooManyPosts() => Of(
        429, "too-many-posts", "Too many comments came from this address.", "Wait as long as Retry-After says, then post again.");

    public static ProblemHttpResult TooManyStreams() => Of(
        429, "too-many-streams", "Too many streams are open from this address.",
        "Close another one, or wait as long as Retry-After says, then connect again.");

    public static ProblemHttpResult TooManyViewers() => Of(
        503, "too-many-viewers", "This node has no room for more viewers.", "Wait as long as Retry-After says, then connect again.");

    public static ProblemHttpResult Stopping() => Of(
        503, "stopping", "This node is stopping.", "Wait as long as Retry-After says, then connect again.");

    public static ProblemHttpResult Overloaded() => Of(
        503, "overloaded", "Too many comments are waiting.",
        "The comment was not taken. Wait as long as Retry-After says, then post it again under the same Idempotency-Key.");

    public static ProblemHttpResult Unavailable() => Of(
        503, "store-failed", "The comments cannot be read or written just now.",
        "Wait as long as Retry-After says, then try again; post under the same Idempotency-Key, for this one may have been taken.");

    public static ProblemHttpResult OperatorsOnly() => Of(
        403, "operators-only", "This page is for the node's own machine.",
        "Open it there through localhost, or set Operations:Password to open it to others.");

    public static ProblemHttpResult PasswordNeeded() => Of(
        401, "password-needed", "This page needs the operators' password.", "Send it with HTTP Basic authentication; any user name will do.");

    public static ProblemHttpResult TooManyGuesses() => Of(
        429, "too-many-guesses", "Too many wrong passwords came from this address.",
        "Wait as long as Retry-After says, then send the operators' password.");

    /// <summary>Asks the client to come back after <paramref name="seconds"/> (RFC 9110, 10.2.3).</summary>
    public static ProblemHttpResult RetryLater(this ProblemHttpResult problem, HttpContext context, int seconds = 1)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return problem;
    }

    /// <summary>Says what to do about the errors that routing finds, before any endpoint is asked.</summary>
    public static void Customize(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        var problem = context.ProblemDetails;
        if (problem.Detail is not null) return;
        switch (problem.Status)
        {
            case 404:
                problem.Detail = "Nothing is at this address; /openapi/v1.json lists what there is.";
                break;
            case 405:
                problem.Detail = "Use one of the methods that the header Allow lists.";
                break;
            case 415:
                var notJson = NotJson().ProblemDetails;
                (problem.Type, problem.Title, problem.Detail) = (notJson.Type, notJson.Title, notJson.Detail);
                break;
            default:
                break;
        }
    };

    /// <summary>Documents that an endpoint answers with these errors.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.ProducesProblem(status);
        return endpoint;
    }

    private static ProblemHttpResult Of(int status, string type, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Type = TypePrefix + type, Title = title, Detail = detail });
}
