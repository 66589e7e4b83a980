using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Wire;

/// <summary>Every error that the API answers with, as RFC 9457 problem details with a stable <c>type</c>.</summary>
internal static class Problems
{
    private const string NothingHere = "Nothing is at this address; /openapi/v1.json lists what there is. Addresses have one spelling.";
    private const string TypePrefix = "urn:problem-type:livecomments:";

    public static ProblemHttpResult InvalidLiveVideoId() => Of(
        400, "invalid-live-video-id", "No live video has this id.",
        $"Use 1 to {LiveVideoId.MaxLength} characters of A-Z, a-z, 0-9, '_' and '-'.");

    public static ProblemHttpResult NoSuchVideo() => Of(
        404, "no-such-video", "There is no live video of this id.", "Use an id that the operator has opened (Videos:Allowed).");

    public static ProblemHttpResult NotAtEdges() => Of(
        404, "not-at-edges", "An edge has only what everybody may see.", "Ask the server that it follows, or a frontend of its cluster.");

    public static ProblemHttpResult InvalidParameter(string name, string allowed) => Of(
        400, "invalid-parameter", $"The parameter '{name}' is not valid.", $"Send {allowed}, or leave it out.");

    public static ProblemHttpResult InvalidIdempotencyKey() => Of(
        400, "invalid-idempotency-key", "The Idempotency-Key is not valid.",
        $"Send one of 1 to {IdempotencyKey.MaxLength} printable ASCII characters, or none.");

    public static ProblemHttpResult IdempotencyKeyReused() => Of(
        422, "idempotency-key-reused", "The Idempotency-Key belongs to another comment.",
        "Nothing was posted. Send a new key, one that nobody can guess, with each new comment; repeat a comment under its key as it was.");

    public static ProblemHttpResult VideoTooFast() => Of(
        429, "video-too-fast", "This live video gets comments too fast.",
        "The comment was not taken. Wait as long as Retry-After says, then post it again under the same Idempotency-Key.");

    public static ProblemHttpResult OriginNotAllowed() => Of(
        403, "origin-not-allowed", "Pages of this origin may not open a WebSocket here.",
        "The operator names the origins that may (Http:AllowedOrigins). What is no browser sends no Origin.");

    public static ProblemHttpResult InvalidHandshake() => Of(
        400, "invalid-handshake", "This is no handshake of a WebSocket.", "Send one of version 13 (RFC 6455, 4.1).");

    public static ProblemHttpResult NotFound() => Of(404, "not-found", "Not Found", NothingHere);

    public static ProblemHttpResult InvalidJson(string example, string what) => Of(
        400, "invalid-json", "The body is no JSON that can be read.", $"Send {example} in UTF-8. {what}");

    public static ProblemHttpResult InvalidComment(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-comment", "The comment cannot be taken as it is.", errors);

    public static ProblemHttpResult InvalidRemoval(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-removal", "The removal cannot be taken as it is.", errors);

    public static ProblemHttpResult InvalidBan(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-ban", "The ban cannot be taken as it is.", errors);

    public static ProblemHttpResult InvalidPin(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-pin", "There is no such comment to pin.", errors);

    public static ProblemHttpResult InvalidDecision(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-decision", "The decision cannot be taken as it is.", errors);

    public static ProblemHttpResult NoSuchHeldComment() => Of(
        404, "no-such-held-comment", "No comment of this id is held, or was.", "Send the heldId that the answer to the post has.");

    public static ProblemHttpResult HeldExpired() => Of(
        410, "held-expired", "Nobody has decided on the comment in time.", "It was not published. Its author may post it again.");

    public static ProblemHttpResult RefusedByReview(string reason)
    {
        var problem = Of(
            403, "refused-by-review", "The comment was not taken.", "A review of its text refuses it. The member reason says why.");
        problem.ProblemDetails.Extensions["reason"] = reason;
        return problem;
    }

    public static ProblemHttpResult DecidedOtherwise() => Of(
        409, "decided-otherwise", "The comment was decided on otherwise.",
        "The first decision holds. Read the held comment to see what became of it.");

    public static ProblemHttpResult InvalidSettings(IReadOnlyDictionary<string, string[]> errors) =>
        OfFields("invalid-settings", "The settings cannot be changed like that.", errors);

    public static ProblemHttpResult SettingsChanged() => Of(
        412, "settings-changed", "The settings are others by now.",
        "Nothing was changed. Read them again and send If-Match with their ETag, or without it change whatever holds.");

    public static ProblemHttpResult SlowMode() => Of(
        429, "slow-mode", "This live video is in slow mode.",
        "The comment was not taken. Wait as long as Retry-After says, then post it again under the same Idempotency-Key.");

    public static ProblemHttpResult SignInRequired() => Of(
        403, "sign-in-required", "Only who is signed in may write here now.", "The comment was not taken. Sign in, then post it again.");

    public static ProblemHttpResult ModeratorsOnly() => Of(
        403, "moderators-only", "Only moderators may write here now.", "The comment was not taken. Wait until that is over.");

    public static ProblemHttpResult NobodyMayPost() => Of(
        403, "nobody-may-post", "Nobody may write here now.", "The comment was not taken. Wait until that is over.");

    public static ProblemHttpResult NotEstablished(DateTimeOffset? at)
    {
        var problem = Of(
            403, "not-established", "Only who has been here for some time may write here now.",
            at is { } from
                ? $"The comment was not taken. Post it again after {Second(from)}; a guest with the same token, or signed in."
                : "The comment was not taken. Sign in, or become a guest (POST /guests) and wait.");
        if (at is not null) problem.ProblemDetails.Extensions["at"] = at.Value.UtcDateTime;
        return problem;
    }

    public static ProblemHttpResult RepeatedMessage() => Of(
        409, "repeated-message", "The same was written a moment ago.", "The comment was not taken. Write something else, or wait.");

    public static ProblemHttpResult NoLinks() => Of(
        403, "no-links", "Messages with links are not taken here now.", "The comment was not taken. Post it without the link.");

    public static ProblemHttpResult NoSuchParent() => Of(
        422, "no-such-parent", "There is no comment yet that this one could answer.",
        "The comment was not taken. Send as replyTo the id of a comment of this live video, or leave it out.");

    public static ProblemHttpResult ReadOnly() => Of(
        403, "read-only", "This live video can only be read now.", "The comment was not taken. Wait until that is over.");

    public static ProblemHttpResult Ended() => Of(
        403, "ended", "This live video is over.", "The comment was not taken. None will be, unless moderators open the video again.");

    public static ProblemHttpResult InvalidAuthorId() => Of(
        400, "invalid-author-id", "Nobody has this author's id.",
        "Use the authorId of a comment: 11 characters of A-Z, a-z, 0-9, '_' and '-'.");

    public static ProblemHttpResult NotBanned() => Of(
        404, "not-banned", "Nobody has banned this author from all live videos.", "There is nothing to lift.");

    public static ProblemHttpResult NoSuchErasure() => Of(
        404, "no-such-erasure", "Nobody has asked for the removal of all that this author has written.",
        "DELETE /people/{authorId}/comments asks for it.");

    public static ProblemHttpResult Banned(Ban ban)
    {
        var problem = Of(
            403, "banned", "You may not write here.",
            ban.Until is { } until
                ? $"The comment was not taken. Come back after {Second(until)}."
                : "The comment was not taken, and none will be.");
        problem.ProblemDetails.Extensions["until"] = ban.Until?.UtcDateTime;
        if (ban.Reason is { } reason) problem.ProblemDetails.Extensions["reason"] = reason;
        return problem;
    }

    public static ProblemHttpResult NoSuchComment() => Of(
        404, "no-such-comment", "The live video has no comment of this id.", "Use the id of a comment of this live video.");

    public static ProblemHttpResult Removed() => Of(
        410, "removed", "The comment was removed.", "Take it from wherever you show it.");

    public static ProblemHttpResult NoSuchRemoval() => Of(
        404, "no-such-removal", "The live video has no removal of this id.", "Use the LiveComments-Removal of a removal's answer.");

    public static ProblemHttpResult InvalidReport(string what) => Of(
        400, "invalid-report", "The report cannot be taken as it is.", what);

    public static ProblemHttpResult EdgesOnly() => Of(
        403, "edges-only", "Only edges that are trusted report here.",
        "Name the edge's address in the setting Http:TrustedProxies of this node, and of what is between them.");

    public static ProblemHttpResult NotTheAuthor() => Of(
        403, "not-the-author", "Somebody else wrote this comment.",
        "Send the token that the comment was posted with, or one whose scope has comments:moderate.");

    public static ProblemHttpResult MixedScripts() => InvalidComment(
        new Dictionary<string, string[]> { ["author"] = ["Write the name in one script; letters of several may look like another name."] });

    public static ProblemHttpResult NotJson() => Of(
        415, "not-json", "The body is not declared as JSON.", "Send Content-Type: application/json, in UTF-8.");

    public static ProblemHttpResult BodyTooLarge(int maxBytes = NewComment.MaxBytes) => Of(
        413, "body-too-large", "The body is too large.", $"Send at most {maxBytes:N0} bytes.");

    public static ProblemHttpResult TooManyPosts() => Of(
        429, "too-many-posts", "Too many comments came from this address.", "Wait as long as Retry-After says, then post again.");

    public static ProblemHttpResult TooManyReads() => Of(
        429, "too-many-reads", "Too many pages and streams were asked for from this address.",
        "Wait as long as Retry-After says, then ask again.");

    public static ProblemHttpResult TooManyVideos() => Of(
        503, "too-many-videos", "This node follows as many live videos as it can.",
        "Wait as long as Retry-After says, then connect again.");

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

    public static ProblemHttpResult PersonTooFast() => Of(
        429, "person-too-fast", "One person posts too fast to this live video.",
        "The comment was not taken. Wait as long as Retry-After says, then post it again under the same Idempotency-Key.");

    public static ProblemHttpResult TooManyGuests() => Of(
        429, "too-many-guests", "Too many guests' tokens were asked for from this address.",
        "Use the token that you have, or wait as long as Retry-After says, then ask again.");

    public static ProblemHttpResult TokenNeeded(HttpContext context, string detail) =>
        Of(401, "token-needed", "This needs a token.", detail).Challenge(context, "Bearer");

    public static ProblemHttpResult InvalidToken(HttpContext context, string complaint) =>
        Of(401, "invalid-token", "The token is not valid.", $"{complaint} Get a new one, and send Authorization: Bearer with it.")
            .Challenge(context, "Bearer error=\"invalid_token\"");

    public static ProblemHttpResult InsufficientScope(HttpContext context, string scope) =>
        Of(403, "insufficient-scope", "The token does not permit this.", $"Send a token whose scope has {scope}.")
            .Challenge(context, $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"");

    public static ProblemHttpResult NotForThisVideo() => Of(
        403, "not-for-this-video", "The token is not for this live video.",
        "Send a token whose claim videos names the video, by its id or by a prefix that ends in *. Without the claim it is for none.");

    public static ProblemHttpResult NotForAllVideos() => Of(
        403, "not-for-all-videos", "The token is not for all live videos.",
        "Send a token whose claim videos is *, of an issuer that may speak for all.");

    public static ProblemHttpResult NameTaken() => Of(
        403, "name-taken", "This name is not free.", "Choose another name, or sign in if it is yours.");

    public static ProblemHttpResult IssuerAway() => Of(
        503, "issuer-away", "The token cannot be judged just now: the keys of its issuer cannot be fetched.",
        "Wait as long as Retry-After says, then try again with the same token.");

    public static ProblemHttpResult OperatorsOnly() => Of(
        403, "operators-only", "This page is for the node's own machine.",
        "Open it there through localhost, or set Operations:Password to open it to others.");

    public static ProblemHttpResult PasswordNeeded() => Of(
        401, "password-needed", "This page needs the operators' password.",
        "Send it with HTTP Basic authentication; any user name will do.");

    public static ProblemHttpResult TooManyGuesses() => Of(
        429, "too-many-guesses", "Too many wrong passwords came from this address.",
        "Wait as long as Retry-After says, then send the operators' password.");

    /// <summary>Asks the client to come back after <paramref name="seconds"/> (RFC 9110, 10.2.3).</summary>
    public static ProblemHttpResult RetryLater(this ProblemHttpResult problem, HttpContext context, int seconds = 1)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return problem;
    }

    /// <summary>Says how to come back with what is missing (RFC 9110, 11.6.1; RFC 6750, 3).</summary>
    private static ProblemHttpResult Challenge(this ProblemHttpResult problem, HttpContext context, string challenge)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
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
                problem.Detail = NothingHere;
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

    private static string Second(DateTimeOffset time) => $"{time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}Z";

    private static ProblemHttpResult OfFields(string type, string title, IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = Of(400, type, title, string.Join(' ', errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
        problem.ProblemDetails.Extensions["errors"] = errors;
        return problem;
    }

    private static ProblemHttpResult Of(int status, string type, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Type = TypePrefix + type, Title = title, Detail = detail });
}
