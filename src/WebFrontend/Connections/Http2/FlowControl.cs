using System.Diagnostics.CodeAnalysis;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>
/// How much a client takes of what the server and we send on one connection (RFC 9113, 5.2). The server keeps an account of its own, which
/// knows nothing of what we send: what the client allows anew it learns less what we have used, and what it sends waits for room that we
/// have used. Safe for use by many threads at once.
/// </summary>
internal sealed class FlowControl
{
    private const int DefaultWindow = 65_535;

    // More than the server serves at once; the others are left to the server.
    private const int MaxStreams = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, StreamAccount> _streams = [];
    private TaskCompletionSource? _changed;
    private int _initialWindow = DefaultWindow;
    private int _lastStream;
    private bool _hasEnded;
    private long _window = DefaultWindow;
    private long _used;

    /// <summary>The client begins a stream, or sends more headers on one.</summary>
    public void Begin(int stream)
    {
        lock (_gate)
        {
            if (stream <= _lastStream || _hasEnded) return;
            _lastStream = stream;
            if (_streams.Count < MaxStreams) _streams[stream] = new();
        }
    }

    /// <summary>The client allows <paramref name="size"/> bytes on each stream that begins; it counts for those that have begun, too.</summary>
    public void SetInitialWindow(int size)
    {
        lock (_gate)
        {
            _initialWindow = size;
            TellChange();
        }
    }

    /// <summary>The client allows more.</summary>
    /// <param name="stream">On this stream; 0: on the connection.</param>
    /// <param name="increment">So many bytes.</param>
    /// <returns>As many of them as the server may know of.</returns>
    public int Allow(int stream, int increment)
    {
        lock (_gate)
        {
            TellChange();
            return increment - (stream == 0 ? AllowConnection(increment) : AllowStream(stream, increment));
        }
    }

    /// <summary>The server sends a frame now.</summary>
    public void Sending(FrameHeader frame)
    {
        if (frame.Stream == 0 || frame.Type is not (FrameHeader.Data or FrameHeader.Headers or FrameHeader.Reset)) return;
        lock (_gate)
        {
            if (frame.IsLast) Forget(frame.Stream);
            if (frame.Type != FrameHeader.Data || !_streams.TryGetValue(frame.Stream, out var account)) return;
            account.Balance -= frame.Length;
            account.HasBegun = true;
            if (account.IsOurs) TellChange();
        }
    }

    /// <summary>Takes what the server needs to send.</summary>
    /// <param name="bytes">So many bytes.</param>
    /// <param name="changed">Where the client does not allow it yet: completes when it may.</param>
    public bool TryTakeForServer(int bytes, [NotNullWhen(false)] out Task? changed)
    {
        lock (_gate)
        {
            changed = bytes > _window && !_hasEnded ? WaitForChange() : null;
            if (changed is not null) return false;
            _window -= bytes;
            return true;
        }
    }

    /// <summary>The stream has ended: whoever waits to send on it fails.</summary>
    public void End(int stream)
    {
        lock (_gate) Forget(stream);
    }

    /// <summary>The connection has ended: whoever waits to send fails.</summary>
    public void EndAll()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _streams.Clear();
            TellChange();
        }
    }

    /// <summary>Takes a stream over from the server, to send on it after the first bytes, which are the server's. False if that cannot be.</summary>
    public bool TryTakeOver(int stream)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream, out var account)) return false;
            account.IsOurs = true;
            return true;
        }
    }

    /// <summary>Takes some of what the client allows.</summary>
    /// <param name="stream">To send it on this stream.</param>
    /// <param name="wanted">Not more than so many bytes.</param>
    /// <param name="taken">As many as may be sent now.</param>
    /// <param name="changed">Where that is none: completes when it may be more.</param>
    /// <exception cref="IOException">The stream has ended.</exception>
    public bool TryTake(int stream, int wanted, out int taken, [NotNullWhen(false)] out Task? changed)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream, out var account)) throw new IOException("The viewer is gone.");
            taken = account.HasBegun ? (int)Math.Clamp(Math.Min(_window, _initialWindow + account.Balance), 0, wanted) : 0;
            account.Balance -= taken;
            _window -= taken;
            _used += taken;
            changed = taken == 0 ? WaitForChange() : null;
            return changed is null;
        }
    }

    /// <returns>What of it we have used.</returns>
    private int AllowConnection(int increment)
    {
        _window += increment;
        var used = (int)Math.Min(increment, _used);
        _used -= used;
        return used;
    }

    private int AllowStream(int stream, int increment)
    {
        if (!_streams.TryGetValue(stream, out var account)) return 0;
        account.Balance += increment;
        if (_initialWindow + account.Balance > int.MaxValue) Forget(stream);
        return account.IsOurs ? increment : 0;
    }

    private void Forget(int stream)
    {
        if (_streams.Remove(stream, out var account) && account.IsOurs) TellChange();
    }

    private Task WaitForChange() => (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void TellChange()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    private sealed class StreamAccount
    {
        /// <summary>What the client has allowed beside the initial window, less what was sent.</summary>
        public long Balance { get; set; }

        /// <summary>Whether we send on it.</summary>
        public bool IsOurs { get; set; }

        /// <summary>Whether the server has sent the beginning.</summary>
        public bool HasBegun { get; set; }
    }
}
