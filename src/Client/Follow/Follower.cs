using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LiveComments.Client.Requests;

namespace LiveComments.Client.Follow;

/// <summary>Follows one live video: opens its stream again whenever it breaks, right after the last entry that came.</summary>
internal sealed class Follower(
    ServerRequests requests, string liveVideoId, CommentId? resume, FollowOptions options, KnownRemovals known, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    /// <summary>A stream that lived this long was a good one: the next loss is the first again.</summary>
    private static readonly TimeSpan GoodStream = TimeSpan.FromSeconds(5);

    // Far more than come before their place. Of more, some would be told twice.
    private const int MostEarly = 1_000;

    private readonly RetryPace _pace = new(FirstWait);
    private readonly HashSet<CommentId> _early = [];
    private CommentId? _position = resume;
    private VideoSettings? _settings;
    private Comment? _pinned;
    private bool _tokenExpired;

    /// <summary>The events as they come, until the server wants no more (<c>204</c>).</summary>
    /// <exception cref="ProblemException">The server refuses for good.</exception>
    public async IAsyncEnumerable<LiveEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_position is { } from) known.Begin(from);
        while (true)
        {
            var (stream, problem) = await TryOpenAsync(cancellation).ConfigureAwait(false);
            if (stream is null && problem is null) yield break;
            var wait = TimeSpan.Zero;
            if (stream is not null)
            {
                await using var open = stream.ConfigureAwait(false);
                var begun = time.GetTimestamp();
                _tokenExpired = false;
                yield return At(new ConnectionEvent(ConnectionState.Live, null, null));
                while (await stream.NextAsync().ConfigureAwait(false) is { } item)
                    if (Take(item) is { } told) yield return told;
                problem = stream.Problem;
                _pace.Advise(stream.Retry);
                var wasGood = time.GetElapsedTime(begun) > GoodStream;
                if (wasGood) _pace.Reset();
                // With a new token there is nothing to wait for; but a server that says so at once, again and again, is not asked as often.
                if (!_tokenExpired || !wasGood) wait = _pace.Next(null);
            }
            else
            {
                wait = _pace.Next(problem!.RetryAfter);
            }

            yield return At(new ConnectionEvent(ConnectionState.Reconnecting, wait, problem));
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a stream, or says why there is none yet; neither if there will be none.</summary>
    private async Task<(OpenStream? Stream, ProblemException? Problem)> TryOpenAsync(CancellationToken cancellation)
    {
        try
        {
            // Without a backlog nothing says where it began, if it is lost before anything has come.
            if (_position is null && options.Backlog == 0) await BeginAtTheEndAsync(cancellation).ConfigureAwait(false);
            var answer = await requests.OpenAsync(NewRequest, cancellation).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.NoContent)
                return (await OpenStream.BeginAsync(answer, liveVideoId, time, cancellation).ConfigureAwait(false), null);
            // It tells clients to come no more (WHATWG HTML, 9.2.1).
            answer.Dispose();
            return default;
        }
        catch (ProblemException problem) when (!problem.IsFinal)
        {
            return (null, problem);
        }
    }

    private async Task BeginAtTheEndAsync(CancellationToken cancellation)
    {
        var newest = await HistoryRequests.ReadPageAsync(requests, liveVideoId, null, 1, known: null, cancellation).ConfigureAwait(false);
        _position = newest.AsOf;
        known.Begin(newest.AsOf);
    }

    private HttpRequestMessage NewRequest(Uri server)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"comments/{liveVideoId}/stream?backlog={options.Backlog}");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, options.Staff ? query + "&view=staff" : query));
        request.Headers.Accept.Add(new("text/event-stream"));
        if (_position is { } last) request.Headers.Add("Last-Event-ID", last.ToString());
        return request;
    }

    /// <summary>Takes an event; null if it is none for whoever follows.</summary>
    private LiveEvent? Take(SseItem<StreamEvent> item)
    {
        var (comment, removed, gap, settings, pin, tokenExpired) = item.Data;
        _tokenExpired |= tokenExpired;
        if (gap is not null)
        {
            // They are told again after it.
            _early.Clear();
            var told = new GapEvent(gap.After, gap.Before, gap.Removed ?? [], gap.Reset);
            known.Skip(told);
            return At(told);
        }

        if (settings is not null)
        {
            // Each stream begins with them.
            if (settings == _settings) return null;
            _settings = settings;
            return At(new SettingsEvent(settings));
        }

        if (pin is not null)
        {
            if (pin.Comment == _pinned) return null;
            _pinned = pin.Comment;
            return At(new PinEvent(pin.Comment));
        }

        if (removed?.Early is { } early)
            return early > (_position ?? default) && Remember(early) ? TakeRemoval(early, removed with { Early = null }) : null;

        // Every entry is a place to go on from, also one of a kind that is not known here. Ids rise: what is not later came before.
        if (!CommentId.TryParse(item.EventId, out var id) || id <= _position) return null;
        if (_position is null) known.Begin(id);
        _position = id;
        return comment is not null ? At(new CommentEvent(comment))
            : removed is not null && !_early.Remove(id) ? TakeRemoval(id, removed)
            : null;
    }

    private LiveEvent TakeRemoval(CommentId id, RemovedComments removed)
    {
        known.Add(id, removed);
        return At(new RemovalEvent(id, removed));
    }

    private bool Remember(CommentId early)
    {
        if (_early.Count >= MostEarly) _early.Clear();
        return _early.Add(early);
    }

    private LiveEvent At(LiveEvent told) => told with { Position = _position };
}
