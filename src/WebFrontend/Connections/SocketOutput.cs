namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// What the server writes to a connection: it goes to the socket at once, and a write completes when all of it is there. Where the peer has
/// gone it goes nowhere: that the connection is closed the server knows by its token. Given to it as a failure it would be logged, a line for
/// each such client.
/// </summary>
internal sealed class SocketOutput(IConnectionSocket socket) : AsyncStream
{
    // After a part of a write nothing that follows makes sense.
    private volatile bool _broken;

    /// <summary>Whether something that was written did not get to the socket.</summary>
    public bool IsBroken => _broken;

    public override bool CanRead => false;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_broken) return default;
        try
        {
            var sending = socket.SendAllAsync(buffer, cancellationToken);
            return sending.IsCompletedSuccessfully ? sending : FinishAsync(sending);
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception))
        {
            _broken = true;
            return default;
        }
    }

    private async ValueTask FinishAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception))
        {
            _broken = true;
        }
        catch (OperationCanceledException)
        {
            _broken = true;
            throw;
        }
    }
}
