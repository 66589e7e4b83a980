using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Who is let in: the person of the request's token, or nobody in particular, or a refusal.</summary>
/// <param name="Person">Whom the token speaks of; null if the request needs no token and has none that counts.</param>
/// <param name="Refusal">Why the request is refused; null if it is not.</param>
internal readonly record struct Admission(Person? Person, ProblemHttpResult? Refusal);

/// <summary>Decides who may read and write a video.</summary>
internal sealed class VideoAccess(AuthOptions auth, VideosOptions videos, TokenVerifier tokens, RetryHints retryHints)
{
    /// <summary>Whether the request may read a video. Public ones are read without a token, and none is looked at.</summary>
    public ValueTask<Admission> ToReadAsync(HttpContext context, LiveVideoId video)
    {
        if (!videos.IsPrivate(video)) return default;
        return BearerToken.InHeaderOrCookie(context.Request) is { } token
            ? JudgeAsync(context, token, video, Scopes.Read, "comments:read")
            : Refuse(Problems.TokenNeeded(
                context, "The video is private. Send Authorization: Bearer with a token that has comments:read for it."));
    }

    /// <summary>
    /// Whether the request is a moderator's of this video, who is shown what others are not. A token that says no such thing is no fault
    /// here.
    /// </summary>
    public async ValueTask<bool> IsModeratorAsync(HttpContext context, LiveVideoId video) =>
        BearerToken.InHeader(context.Request) is { } token
        && (await tokens.VerifyAsync(token)).Person is { } person
        && person.Moderates
        && person.IsFor(video);

    /// <summary>Whether the request is a moderator's of this video.</summary>
    public ValueTask<Admission> ToModerateAsync(HttpContext context, LiveVideoId video) =>
        BearerToken.InHeader(context.Request) is { } token
            ? JudgeAsync(context, token, video, Scopes.Moderate | Scopes.Manage, "comments:moderate")
            : Refuse(Problems.TokenNeeded(
                context, "Send Authorization: Bearer with a token that has comments:moderate for this video."));

    /// <summary>Whether the request is of an owner of this video.</summary>
    public ValueTask<Admission> ToManageAsync(HttpContext context, LiveVideoId video) =>
        BearerToken.InHeader(context.Request) is { } token
            ? JudgeAsync(context, token, video, Scopes.Manage, "comments:manage")
            : Refuse(Problems.TokenNeeded(context, "Send Authorization: Bearer with a token that has comments:manage for this video."));

    /// <summary>Whether the request is of an owner of all videos.</summary>
    public async ValueTask<Admission> ToManageSiteAsync(HttpContext context)
    {
        if (BearerToken.InHeader(context.Request) is not { } token)
            return new(
                null,
                Problems.TokenNeeded(context, "Send Authorization: Bearer with a token that has comments:manage for all videos."));
        var (person, complaint) = await tokens.VerifyAsync(token);
        if (person is null) return RefuseToken(context, complaint);
        if (!person.Scopes.HasFlag(Scopes.Manage)) return new(person, Problems.InsufficientScope(context, "comments:manage"));
        return new(person, person.IsForAll ? null : Problems.NotForAllVideos());
    }

    /// <summary>Whether the request may remove some comment of a video: a moderator any, an author the author's own.</summary>
    public ValueTask<Admission> ToRemoveAsync(HttpContext context, LiveVideoId video) =>
        BearerToken.InHeader(context.Request) is { } token
            ? JudgeAsync(context, token, video, Scopes.Moderate | Scopes.Manage | Scopes.Post, "comments:moderate")
            : Refuse(Problems.TokenNeeded(
                context,
                "Send Authorization: Bearer with the token that the comment was posted with, or one that has comments:moderate for this "
                + "video."));

    /// <summary>
    /// Whether the request may write to a video. The token is in the header alone: no other site can make a browser send that.
    /// </summary>
    public ValueTask<Admission> ToPostAsync(HttpContext context, LiveVideoId video)
    {
        if (BearerToken.InHeader(context.Request) is { } token) return JudgeAsync(context, token, video, Scopes.Post, "comments:post");
        if (auth.Anonymous == AuthChoice.Allow && !videos.IsPrivate(video)) return default;
        var how = auth.GivesGuestTokens && !videos.IsPrivate(video) ? "POST /guests gives one to guests." : "Sign in to get one.";
        return Refuse(Problems.TokenNeeded(
            context, $"Send Authorization: Bearer with a token that has comments:post for this video. {how}"));
    }

    private async ValueTask<Admission> JudgeAsync(HttpContext context, string token, LiveVideoId video, Scopes scopes, string scopeName)
    {
        var (person, complaint) = await tokens.VerifyAsync(token);
        return person is null ? RefuseToken(context, complaint) : new(person, Object(context, person, video, scopes, scopeName));
    }

    private Admission RefuseToken(HttpContext context, string? complaint) => new(
        null,
        complaint is null ? Problems.IssuerAway().RetryLater(context, retryHints.Seconds) : Problems.InvalidToken(context, complaint));

    /// <summary>What stands against a person with a valid token, who needs one of the scopes; null if nothing does.</summary>
    private ProblemHttpResult? Object(HttpContext context, Person person, LiveVideoId video, Scopes scopes, string scopeName)
    {
        // Guests are strangers.
        if (person.IsGuest && videos.IsPrivate(video)) return Problems.NotForThisVideo();
        if ((person.Scopes & scopes) == 0) return Problems.InsufficientScope(context, scopeName);
        return person.IsFor(video) ? null : Problems.NotForThisVideo();
    }

    private static ValueTask<Admission> Refuse(ProblemHttpResult problem) => new(new Admission(null, problem));
}
