using System.Globalization;
using System.Text;

namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>One stream, and what goes wrong on it.</summary>
internal sealed class TinyViewer(Faults faults, FaultCounts counts)
{
    private readonly Random _random = new(1);
    private readonly Queue<(long Id, string Text)> _queue = [];
    private readonly SemaphoreSlim _filled = new(0);
    private readonly string _newLine = faults.IsRagged ? "\r\n" : "\n";
    private long _lastQueued;
    private long _lastSent;
    private int _deliveries;
    private bool _isCut;
    private bool _isChunked;

    /// <summary>Queues a comment, or not. Called under the server's lock.</summary>
    public void Deliver(TinyComment comment)
    {
        lock (_queue)
        {
            if (_isCut) return;
            lock (counts)
            {
                counts.Delivered++;
                Queue(comment, counts.Delivered);
            }
        }

        _filled.Release();
    }

    /// <summary>Queues the removal of a comment, or not, and takes the comment from the queue. Called under the server's lock.</summary>
    public void TellRemoval(TinyComment comment, long id)
    {
        lock (_queue)
        {
            if (_isCut) return;
            lock (counts) QueueRemoval(comment, id, ++counts.RemovalsDue);
        }

        _filled.Release();
    }

    /// <summary>Answers over HTTP/1.1, until the viewer is gone or cut off.</summary>
    public async Task RunAsync(Stream stream, int backlog, CancellationToken stop)
    {
        _isChunked = true;
        await stream.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: Chunked\r\n\r\n"u8.ToArray(), stop);
        // Reads, too, so as to notice a viewer that is gone.
        await StreamAsync(stream, backlog, stream.ReadAsync(new byte[1], stop).AsTask(), stop);
        if (_isCut) await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
    }

    /// <summary>Sends the events, until the viewer is gone or cut off.</summary>
    public async Task StreamAsync(Stream stream, int backlog, Task gone, CancellationToken stop)
    {
        await SendAsync(stream, $"retry: 2000{_newLine}{_newLine}", stop);
        for (var old = 0; old < Math.Min(backlog, faults.History); old++)
        {
            lock (counts) counts.HistorySent++;

            await SendAsync(stream, new TinyComment(old + 1, """{"message":"of somebody else"}""").ToEvent(true, _newLine), stop);
        }

        while (await Task.WhenAny(gone, _filled.WaitAsync(stop)) != gone)
        {
            var text = TakeAll();
            if (faults.DeliveryDelay > TimeSpan.Zero) await Task.Delay(faults.DeliveryDelay, stop);

            await SendAsync(stream, text, stop);
            if (_isCut) return;
        }
    }

    private void Queue(TinyComment comment, int delivery)
    {
        if (TinyServer.IsDue(faults.LoseEvery, delivery))
        {
            counts.Lost++;
            return;
        }

        if (TinyServer.IsDue(faults.GapEvery, delivery))
        {
            counts.InGaps++;
            _queue.Enqueue((comment.Id, Gap(_lastQueued, comment.Id + 1)));
            return;
        }

        if (_queue.Count >= faults.QueueLength)
        {
            counts.InGaps += _queue.Count(queued => !IsGap(queued.Text));
            _queue.Clear();
            _queue.Enqueue((comment.Id, Gap(_lastSent, comment.Id)));
        }

        var withId = !TinyServer.IsDue(faults.ForgetIdEvery, delivery);
        counts.WithoutId += withId ? 0 : 1;
        _lastQueued = comment.Id;
        _queue.Enqueue((comment.Id, Text(comment, withId)));
        if (TinyServer.IsDue(faults.DoubleEvery, delivery))
        {
            counts.Doubled++;
            _queue.Enqueue((comment.Id, Text(comment, withId)));
        }

        if (faults.CutStreamAfter > 0 && ++_deliveries == faults.CutStreamAfter)
        {
            counts.StreamsCut++;
            _isCut = true;
        }
    }

    private void QueueRemoval(TinyComment comment, long id, int number)
    {
        for (var left = _queue.Count; left > 0; left--)
        {
            var queued = _queue.Dequeue();
            if (queued.Id == comment.Id) counts.RemovedUnsent++;
            else _queue.Enqueue(queued);
        }

        var text = Removal(comment.Id, id);
        if (TinyServer.IsDue(faults.ForgetRemovalEvery, number))
        {
            counts.RemovalsForgotten++;
            return;
        }

        if (TinyServer.IsDue(faults.StaleRemovalEvery, number))
        {
            counts.RemovalsStale++;
            text = Removal(comment.Id, _lastQueued);
        }

        if (TinyServer.IsDue(faults.GapRemovalEvery, number))
        {
            counts.RemovalsInGaps++;
            text = Gap(_lastQueued, id + 1, $",\"removed\":[\"{comment.Id}\"]");
        }

        _queue.Enqueue((id, text));
        if (TinyServer.IsDue(faults.DoubleRemovalEvery, number))
        {
            counts.RemovalsDoubled++;
            _queue.Enqueue((id, text));
        }

        if (TinyServer.IsDue(faults.ResurrectEvery, number))
        {
            counts.Resurrected++;
            _queue.Enqueue((id, Text(comment, withId: true)));
        }

        _lastQueued = id;
    }

    private string Removal(long comment, long id) =>
        $$"""id: {{id}}{{_newLine}}event: comment-removed{{_newLine}}data: {"ids":["{{comment}}"]}{{_newLine}}{{_newLine}}""";

    private string Text(TinyComment comment, bool withId) => faults.HasOtherApi ? comment.Json : comment.ToEvent(withId, _newLine);

    private static bool IsGap(string text) => text.StartsWith("event: gap", StringComparison.Ordinal);

    private string Gap(long after, long before, string removed = "") =>
        $$"""event: gap{{_newLine}}data: {"after":"{{after}}","before":"{{before}}"{{removed}}}{{_newLine}}{{_newLine}}""";

    private string TakeAll()
    {
        lock (_queue)
        {
            if (faults.HasOtherApi)
            {
                var comments = string.Join(',', _queue.Select(queued => queued.Text));
                _queue.Clear();
                return comments.Length == 0 ? "" : $"data: [{comments}]{_newLine}{_newLine}";
            }

            var text = new StringBuilder();
            while (_queue.TryDequeue(out var queued))
            {
                text.Append(queued.Text);
                _lastSent = queued.Id;
                lock (counts) counts.Gaps += IsGap(queued.Text) ? 1 : 0;
            }

            return text.ToString();
        }
    }

    private async Task SendAsync(Stream stream, string text, CancellationToken stop)
    {
        if (text.Length == 0) return;
        if (!faults.IsRagged)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_isChunked ? $"{text.Length:x}\r\n{text}\r\n" : text), stop);
            return;
        }

        var wire = new StringBuilder();
        text = ": keep-alive\r\n" + text;
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(_random.Next(1, 10), text.Length - start);
            var piece = text.AsSpan(start, length);
            if (_isChunked) wire.Append(CultureInfo.InvariantCulture, $"{length:X};ext=1\r\n{piece}\r\n");
            else wire.Append(piece);
            start += length;
        }

        var bytes = Encoding.ASCII.GetBytes(wire.ToString());
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(_random.Next(1, 200), bytes.Length - start);
            await stream.WriteAsync(bytes.AsMemory(start, length), stop);
            start += length;
        }
    }
}
