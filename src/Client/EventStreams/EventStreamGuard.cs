namespace LiveComments.Client.EventStreams;

/// <summary>
/// An event stream of a server. Its reads fail with a <see cref="TimeoutException"/> when nothing has come for a while: the other end
/// sends keep-alive lines, so silence means that it, or the way to it, is gone. They fail with an <see cref="IOException"/> in an event
/// that does not end: who reads events keeps all of one. It can only be read, asynchronously.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="maxSilence">How long nothing may come.</param>
/// <param name="maxEventBytes">The most bytes of an event.</param>
/// <param name="came">Called whenever something has come.</param>
/// <param name="time">The clock.</param>
internal sealed class EventStreamGuard(Stream inner, TimeSpan maxSilence, int maxEventBytes, Action? came, TimeProvider time) : Stream
{
    private long _eventBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        // Each read has a time of its own: one that ran on between two reads would cut off a stream that is well.
        var length = read.IsCompleted
            ? await read.ConfigureAwait(false)
            : await read.AsTask().WaitAsync(maxSilence, time, cancellationToken).ConfigureAwait(false);
        if (length > 0) came?.Invoke();
        Count(buffer.Span[..length]);
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    /// <summary>
    /// Counts the bytes since the last empty line, which ends an event. One that two reads cut in half is not seen: the next is.
    /// </summary>
    private void Count(ReadOnlySpan<byte> read)
    {
        var end = Math.Max(read.LastIndexOf("\n\n"u8), read.LastIndexOf("\r\n\r\n"u8));
        _eventBytes = end < 0 ? _eventBytes + read.Length : read.Length - end;
        if (_eventBytes > maxEventBytes) throw new IOException($"It sent an event of more than {maxEventBytes} bytes.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
