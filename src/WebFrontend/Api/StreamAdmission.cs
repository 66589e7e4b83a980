using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Lets viewers in, or says why not: the parameters, the rates, the token, the places. The same over every protocol.</summary>
internal sealed class StreamAdmission(
    VideoHubs hubs,
    ViewerRegistry viewers,
    ReadRateLimit rateLimit,
    StreamsPerAddress streamsPerAddress,
    VideosOptions videos,
    VideoAccess access,
    RetryHints retryHints,
    StreamMetrics metrics,
    TimeProvider time,
    ILiveVideos? owners = null)
{
    private const int DefaultBacklog = 50;

    /// <summary>Decides on a viewer. Whoever is let in has a session, of which the caller disposes if it does not run it.</summary>
    public async Task<Admitted> AdmitAsync(StreamRequest request, HttpContext context)
    {
        if (videos.Refuse(request.LiveVideoId, out var id) is { } problem) return new(problem);
        if (!Query.TryParseCount(request.Backlog, 0, CommentFeed.MaxBacklog, DefaultBacklog, out var count))
            return new(Problems.InvalidParameter("backlog", $"a number from 0 to {CommentFeed.MaxBacklog}"));
        // A browser that reconnects repeats its first address. How far it has got since is in the header Last-Event-ID.
        if (!TryParseResume(request.LastEventId, out var resume))
            return new(Problems.InvalidParameter("Last-Event-ID", "the id of an event"));
        if (resume is null && !TryParseResume(request.After, out resume))
            return new(Problems.InvalidParameter("after", "the id of an event"));

        if (!StreamViews.TryParse(request.View, out var view)) return new(Problems.InvalidParameter("view", StreamViews.Names));
        if (view != StreamView.Public && owners is null) return new(Problems.NotAtEdges());

        if (rateLimit.Refuse(context) is { } tooFast)
        {
            metrics.Refused("too_many_reads");
            return new(tooFast);
        }

        var (reader, refusal) = view == StreamView.Public
            ? await access.ToReadAsync(context, id)
            : await access.ToModerateAsync(context, id);
        if (refusal is not null)
        {
            metrics.Refused("not_permitted");
            return new(refusal);
        }

        // Nothing is shown there that has expired.
        if (view == StreamView.Held) await context.RequestServices.GetRequiredService<HoldQueue>().ExpireAsync(id);
        if (viewers.Stopping) return Refuse("stopping", Problems.Stopping());
        if (!viewers.TryReserve()) return Refuse("too_many_viewers", Problems.TooManyViewers());
        var slot = streamsPerAddress.Enter(context);
        if (!slot.IsAcquired)
        {
            viewers.Release();
            return Refuse("too_many_streams", Problems.TooManyStreams());
        }

        if (hubs.TryEnter(view.Of(id)) is not { } hub)
        {
            viewers.Release();
            slot.Dispose();
            return Refuse("too_many_videos", Problems.TooManyVideos());
        }

        var expiry = reader is null ? null : new TokenExpiry(reader.Until, time);
        var session = new StreamSession(
            viewers, hub, retryHints, metrics, slot, expiry, request.IsRelay, request.Edge);
        try
        {
            await hub.Value.Feed.PrepareAsync(resume, count, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            session.Dispose();
            return new(TypedResults.Empty);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return new(null, session, resume, count, HasEnded: hub.Value.Feed.HasEnded);

        Admitted Refuse(string reason, ProblemHttpResult problem)
        {
            metrics.Refused(reason);
            return new(problem.RetryLater(context, retryHints.Seconds));
        }
    }

    private static bool TryParseResume(string? text, out CommentId? after)
    {
        after = null;
        if (string.IsNullOrEmpty(text)) return true;
        var valid = CommentId.TryParse(text, out var id);
        if (valid) after = id;
        return valid;
    }

    /// <summary>A session, or else why there is none.</summary>
    /// <param name="Refusal">The answer to who is not let in; null to who is.</param>
    /// <param name="Session">The session; null if there is none.</param>
    /// <param name="Resume">The last entry that the viewer has had; null if it wants the last <paramref name="Backlog"/>.</param>
    /// <param name="Backlog">How many of the last comments it wants.</param>
    /// <param name="HasEnded">Whether the live video is over.</param>
    internal readonly record struct Admitted(
        IResult? Refusal, StreamSession? Session = null, CommentId? Resume = null, int Backlog = 0, bool HasEnded = false);
}

/// <summary>What a viewer asks for, as it was sent.</summary>
internal sealed record StreamRequest(
    string LiveVideoId, string? Backlog, string? After, string? LastEventId, string? View, bool IsRelay = false, Guid? Edge = null);
