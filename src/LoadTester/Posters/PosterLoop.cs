using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Linux;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester.Posters;

/// <summary>The thread that posts over HTTP, and removes again what <c>--removals</c> asks for.</summary>
internal sealed class PosterLoop(RunPlan plan, CommentLedger ledger) : IPosters
{
    private const long IdleWait = 100_000_000;

    private readonly Dictionary<int, Poster> _byDescriptor = [];
    private readonly Stack<Poster> _free = new(
        Enumerable.Range(0, plan.Options.Posters).Reverse().Select(number => new Poster(plan.PostServer(number), number)));

    private readonly PostRequest _requests = new(plan.Options.Requests);
    private readonly DeleteRequest _deletes = new(plan.Options.ModeratorToken);
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(16 * 1024, pinned: true);
    private readonly long _patience = Clock.Nanoseconds(plan.Options.Drain);
    private RemovalSchedule? _removals;
    private long _allBusyAt = long.MinValue;
    private volatile bool _isStopped;
    private MeasuringWindow? _window;

    public PosterTotals Totals { get; } = new() { Due = plan.Schedule.Total };

    public Task RunAsync(MeasuringWindow window)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Run(window);
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        thread.IsBackground = true;
        thread.Name = nameof(PosterLoop);
        thread.Start();
        return done.Task;
    }

    public void BeginWindow(MeasuringWindow window)
    {
        Totals.Due = plan.Schedule.DueWithin(window.End - window.PostingStart);
        Volatile.Write(ref _window, window);
    }

    public void Stop() => _isStopped = true;

    private void Run(MeasuringWindow window)
    {
        using var epoll = new Epoll();
        var removals = _removals = new(plan.Options.Removals, window);
        var now = Clock.Now;
        while (!_isStopped && now < window.End + _patience
            && (Totals.Sent < Totals.Due || removals.Waiting > 0 || _free.Count < plan.Options.Posters))
        {
            window = Volatile.Read(ref _window) ?? window;
            PostWhatIsDue(epoll, window);
            RemoveWhatIsDue(epoll, removals);
            var count = epoll.WaitPrecisely(TimeToNext(window, removals));
            now = Clock.Now;
            for (var i = 0; i < count; i++) Serve(_byDescriptor[epoll[i].Descriptor], window);
        }

        Totals.Removals.Unsent = removals.Waiting;
        GiveUp();
    }

    private long TimeToNext(MeasuringWindow window, RemovalSchedule removals)
    {
        if (_free.Count == 0) return IdleWait;
        var next = Totals.Sent < Totals.Due ? Math.Min(DueTime(window), removals.NextDue()) : removals.NextDue();
        return Math.Clamp(next - Clock.Now, 0, IdleWait);
    }

    private long DueTime(MeasuringWindow window) => window.PostingStart + plan.Schedule.DueAfter((int)Totals.Sent);

    private void PostWhatIsDue(Epoll epoll, MeasuringWindow window)
    {
        while (Totals.Sent < Totals.Due && DueTime(window) is var due && due <= Clock.Now)
        {
            if (!_free.TryPop(out var poster))
            {
                _allBusyAt = Clock.Now;
                return;
            }

            Post(epoll, poster, due);
        }
    }

    private void Post(Epoll epoll, Poster poster, long due)
    {
        if (due <= _allBusyAt) Totals.WaitedForPoster++;
        else Totals.Lateness.Record(Clock.Now - due);
        var number = (int)Totals.Sent++;
        var video = plan.Schedule.VideoOf(number);
        var comment = new PostedComment(number, video, ledger.BeginPost(video), due, Clock.Now);
        Begin(epoll, poster, comment, _requests.Write(poster.Server, plan.PostValues(comment)));
    }

    private void RemoveWhatIsDue(Epoll epoll, RemovalSchedule removals)
    {
        while (_free.Count > 0 && removals.TryTake(Clock.Now, out var comment))
        {
            var poster = _free.Pop();
            ledger.BeginRemoval(comment.Video, comment.Sequence);
            var request = _deletes.Write(poster.Server, plan.VideoId(comment.Video), comment.Removes);
            Begin(epoll, poster, comment with { Sent = Clock.Now }, request);
        }
    }

    private void Begin(Epoll epoll, Poster poster, PostedComment comment, byte[] request)
    {
        if (poster.Begin(comment, request, out var errno))
        {
            // Sends once it is connected.
            var descriptor = poster.Connection!.Descriptor;
            _byDescriptor[descriptor] = poster;
            epoll.Watch(descriptor);
        }
        else if (errno != 0)
        {
            Fail(poster, SocketErrors.Describe(errno));
        }
        else if (poster.Send() is var broken and not 0)
        {
            Fail(poster, poster.Connection!.Describe(broken));
        }
    }

    private void Serve(Poster poster, MeasuringWindow window)
    {
        if (poster.Send() is var broken and not 0)
        {
            Fail(poster, poster.Connection!.Describe(broken));
            return;
        }

        while (poster.Connection is { } connection)
        {
            var length = connection.Receive(_buffer);
            if (length == -TcpSocket.WouldBlock) return;
            var answer = length > 0 ? poster.Read(_buffer.AsSpan(0, length)) : poster.ReadEnd();
            if (answer is not null && poster.Comment is { } comment)
            {
                Settle(poster, comment, answer.Value with { KeepsAlive = answer.Value.KeepsAlive && length > 0 }, window);
            }
            else if (length <= 0)
            {
                Fail(poster, length == 0 ? "connection cut before the answer" : connection.Describe(-length));
            }
        }
    }

    private void Settle(Poster poster, PostedComment comment, PostAnswer answer, MeasuringWindow window)
    {
        if (comment.Removes > 0) SettleRemoval(comment, answer, window);
        else SettlePost(comment, answer, window);
        Release(poster, answer.KeepsAlive);
    }

    private void SettleRemoval(PostedComment comment, PostAnswer answer, MeasuringWindow window)
    {
        var (totals, now) = (Totals.Removals, Clock.Now);
        if (answer.IsAcknowledged)
        {
            ledger.SettleRemoval(comment.Video, comment.Sequence, new RemovalResult(now));
            totals.Acknowledged++;
            if (window.Contains(now)) totals.Latency.Record(now - comment.Sent);
            return;
        }

        if (answer.Outcome == PostResult.Refused) ledger.SettleRemoval(comment.Video, comment.Sequence, RemovalResult.None);
        totals.Refused += answer.IsRefused ? 1 : 0;
        totals.Failed += answer.IsRefused ? 0 : 1;
        Totals.Errors.Increment($"removal: answered {answer.Status}");
    }

    private void SettlePost(PostedComment comment, PostAnswer answer, MeasuringWindow window)
    {
        ledger.Settle(comment.Video, comment.Sequence, answer.Outcome);
        if (answer.IsAcknowledged)
        {
            var now = Clock.Now;
            Totals.Acknowledged++;
            Totals.AcknowledgedInWindow += window.Contains(now) ? 1 : 0;
            if (window.Contains(comment.Due)) Totals.Latency.Record(now - comment.Due);
            if (answer.Id > 0) _removals?.Offer(comment with { Removes = answer.Id }, now);
        }
        else
        {
            Totals.Refused += answer.IsRefused ? 1 : 0;
            Totals.Failed += answer.IsRefused ? 0 : 1;
            if (answer.IsRefused) Totals.RefusalLatency.Record(Clock.Now - comment.Sent);
            Totals.Errors.Increment($"post: answered {answer.Status}");
        }
    }

    private void Fail(Poster poster, string reason)
    {
        if (poster.Comment is not { } comment)
        {
            // Closed while idle: the next comment connects again.
            poster.Free(keepsAlive: false);
            return;
        }

        if (comment.Removes > 0)
        {
            Totals.Removals.Failed++;
            Totals.Errors.Increment($"removal: {reason}");
        }
        else
        {
            ledger.Settle(comment.Video, comment.Sequence, PostResult.Unknown);
            Totals.Failed++;
            Totals.Errors.Increment($"post: {reason}");
        }

        Release(poster, keepsAlive: false);
    }

    private void Release(Poster poster, bool keepsAlive)
    {
        poster.Free(keepsAlive);
        _free.Push(poster);
    }

    /// <summary>Ends the connections; what is not answered by now has an outcome that nobody knows.</summary>
    private void GiveUp()
    {
        foreach (var poster in _byDescriptor.Values)
        {
            Fail(poster, "no answer");
            poster.Free(keepsAlive: false);
        }
    }
}
