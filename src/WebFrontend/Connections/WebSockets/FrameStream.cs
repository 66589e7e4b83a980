namespace LiveComments.WebFrontend.Connections.WebSockets;

/// <summary>
/// The stream beneath a WebSocket. ASP.NET Core writes a whole frame at a time to it (pongs, the close), and the events come past it, as
/// frames that all viewers share: here they take turns. Nothing follows a close (RFC 6455, 5.5.1).
/// </summary>
internal sealed class FrameStream(Stream inner) : AsyncStream
{
    private const byte CloseFrame = 0x88;

    private readonly SemaphoreSlim _turn = new(1);
    private bool _closed;

    public override bool CanRead => true;

    /// <summary>Writes whole frames, after those of others that are under way.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_turn.Wait(0, CancellationToken.None)) return WaitAndWriteAsync(buffer, cancellationToken);
        ValueTask write;
        try
        {
            write = WriteInTurnAsync(buffer, cancellationToken);
        }
        catch
        {
            _turn.Release();
            throw;
        }

        if (!write.IsCompletedSuccessfully) return FinishAsync(write);
        _turn.Release();
        return default;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask WaitAndWriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await WriteInTurnAsync(buffer, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ValueTask WriteInTurnAsync(ReadOnlyMemory<byte> frames, CancellationToken cancellationToken)
    {
        if (_closed) return default;
        // A close is written by itself.
        _closed = frames.Span is [CloseFrame, ..];
        return inner.WriteAsync(frames, cancellationToken);
    }

    private async ValueTask FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        finally
        {
            _turn.Release();
        }
    }
}
