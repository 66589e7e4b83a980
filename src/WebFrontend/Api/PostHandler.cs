using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Review;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Takes posts for the live videos of this node or cluster.</summary>
internal sealed class PostHandler : IPostHandler
{
    private const string WantedParent = "Send the id of a comment of this live video, or leave it out.";

    private readonly ReviewedPosts _posts;
    private readonly VideoAccess _access;
    private readonly SiteKey _site;
    private readonly ReservedNames _reserved;
    private readonly LimitsOptions _limits;
    private readonly HoldQueue _queue;
    private readonly HeldExpiry _expiry;
    private readonly PinHandler _pins;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The key is missing that authors' ids need.</exception>
    public PostHandler(
        ReviewedPosts posts,
        AuthOptions auth,
        VideoAccess access,
        SiteKey site,
        ReservedNames reserved,
        LimitsOptions limits,
        HoldQueue queue,
        HeldExpiry expiry,
        PinHandler pins)
    {
        auth.CheckForPosts();
        (_posts, _access, _site, _reserved, _limits) = (posts, access, site, reserved, limits);
        (_queue, _expiry, _pins) = (queue, expiry, pins);
    }

    public async Task<IResult> PostAsync(LiveVideoId liveVideoId, string? idempotencyKey, HttpRequest request)
    {
        var (person, refusal) = await _access.ToPostAsync(request.HttpContext, liveVideoId);
        if (refusal is not null) return refusal;
        var (comment, malformed) = await JsonBody.ReadAsync(request, WireJson.Context.NewComment, NewComment.Example);
        if (comment is null) return malformed!;
        var (draft, problem) = ReadDraft(comment, person, idempotencyKey, request);
        if (draft is null) return problem!;
        if (comment is { Announcement: true } or { Pin: true })
        {
            (person, refusal) = await _access.ToModerateAsync(request.HttpContext, liveVideoId);
            if (refusal is not null) return refusal;
            if (comment.Announcement == true) draft = draft.AsAnnouncement();
        }

        var (reviewed, outcome) = await _posts.PostAsync(liveVideoId, draft);
        if (outcome.HoldReason is { } reason) return await HoldAsync(liveVideoId, reviewed, reason, request.HttpContext);
        // Repeated under its key it is pinned if it was not.
        if (comment.Pin == true
            && outcome.Comment is { } posted
            && await _pins.PinAsync(posted, person!, request.HttpContext) is { } notPinned) return notPinned;
        return Answer(outcome, request.HttpContext);
    }

    private async Task<IResult> HoldAsync(LiveVideoId liveVideoId, CommentDraft draft, string reason, HttpContext context)
    {
        var outcome = await _queue.HoldAsync(liveVideoId, draft, reason);
        if (outcome.Comment is not { Id: var held }) return Answer(outcome, context);
        _expiry.Held(liveVideoId);
        // A repeat may be of one that was decided on.
        var repeated = outcome.Status == PostStatus.Repeated ? await _queue.FindAsync(liveVideoId, held) : null;
        context.Response.Headers.Location = $"/comments/{liveVideoId}/held/{held}";
        return TypedResults.Json(
            _queue.Describe(held, repeated ?? new(HeldStatus.Held)), WireJson.Context.HeldAnswer, statusCode: 202);
    }

    private static IResult Answer(PostOutcome outcome, HttpContext context) =>
        outcome.Status switch
        {
            PostStatus.Accepted => Json(outcome.Comment!, 201),
            PostStatus.Repeated => Json(outcome.Comment!, 200),
            PostStatus.KeyReused => Problems.IdempotencyKeyReused(),
            PostStatus.TooFast => Problems.VideoTooFast().RetryLater(context),
            PostStatus.NameTaken => Problems.NameTaken(),
            PostStatus.Banned => Problems.Banned(outcome.Ban!),
            PostStatus.SlowMode => Problems.SlowMode().RetryLater(context, SecondsOf(outcome.Wait)),
            PostStatus.SignInRequired => Problems.SignInRequired(),
            PostStatus.ModeratorsOnly => Problems.ModeratorsOnly(),
            PostStatus.NobodyMayPost => Problems.NobodyMayPost(),
            PostStatus.NotEstablished => Problems.NotEstablished(outcome.At),
            PostStatus.RepeatedMessage => Problems.RepeatedMessage(),
            PostStatus.NoLinks => Problems.NoLinks(),
            PostStatus.ReadOnly => Problems.ReadOnly(),
            PostStatus.Ended => Problems.Ended(),
            PostStatus.NoSuchParent => Problems.NoSuchParent(),
            PostStatus.RefusedByReview => Problems.RefusedByReview(outcome.RefuseReason!),
            PostStatus.PersonTooFast => Problems.PersonTooFast().RetryLater(context),
            PostStatus.Overloaded => Problems.Overloaded().RetryLater(context),
            _ => Problems.Unavailable().RetryLater(context),
        };

    private (CommentDraft? Draft, ProblemHttpResult? Problem) ReadDraft(
        NewComment comment, Person? person, string? idempotencyKey, HttpRequest request)
    {
        IdempotencyKey? key = null;
        if (idempotencyKey is not null)
        {
            if (!IdempotencyKey.TryCreate(idempotencyKey, person?.Id, out var given)) return (null, Problems.InvalidIdempotencyKey());
            key = given;
        }

        // A name that the token vouches for stands whatever the body says.
        var author = person?.Name ?? comment.Author;
        var address = person is null or { IsGuest: true } ? _site.IdentityOf(ClientAddress.Of(request.HttpContext)) : null;
        if (!CommentDraft.TryCreate(author, comment.Message, key, person?.Identity ?? address, out var draft, out var errors))
            return (null, Problems.InvalidComment(errors));
        if (comment.ReplyTo is not null)
        {
            if (!CommentId.TryParse(comment.ReplyTo, out var parent) || parent == CommentId.None)
                return (null, Problems.InvalidComment(new Dictionary<string, string[]> { ["replyTo"] = [WantedParent] }));
            draft = draft.InReplyTo(parent);
        }

        if (person is { IsGuest: true }) draft = draft.OfGuestAt(address?.Id, person.GuestSince);
        else if (person is { AccountSince: { } since }) draft = draft.OfAccountSince(since);
        // A name that the issuer vouches for is the issuer's affair.
        if (person?.Name is not null) return (draft, null);
        if (_reserved.Include(draft.Author)) return (null, Problems.NameTaken());
        return _limits.RefuseMixedScripts && !Scripts.GoTogether(draft.Author) ? (null, Problems.MixedScripts()) : (draft, null);
    }

    /// <summary>Whole seconds, none too few.</summary>
    private static int SecondsOf(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalSeconds));

    private static JsonHttpResult<Comment> Json(Comment comment, int status) =>
        TypedResults.Json(comment, WireJson.Context.Comment, statusCode: status);
}
