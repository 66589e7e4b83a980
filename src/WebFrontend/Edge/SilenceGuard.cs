namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// A stream whose reads fail with an <see cref="OperationCanceledException"/> when nothing has come for a while: the other end sends
/// keep-alive lines, so silence means that it, or the way to it, is gone. It can only be read, asynchronously.
/// </summary>
internal sealed class SilenceGuard(Stream inner, TimeSpan limit, TimeProvider time) : Stream
{
    private readonly CancellationTokenSource _silent = new(Timeout.InfiniteTimeSpan, time);

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
        if (read.IsCompleted) return await read;
        _silent.CancelAfter(limit);
        return await read.AsTask().WaitAsync(_silent.Token);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _silent.Dispose();
        inner.Dispose();
        base.Dispose(disposing);
    }
}
