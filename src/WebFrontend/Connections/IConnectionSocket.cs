namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// A socket as HTTP sees it: the bytes are those of the TCP connection, or of the TLS upon it. One reads and one writes at a time; it is
/// safe to dispose of it at any time, and then what is under way fails.
/// </summary>
/// <remarks>Where the connection is gone, its members throw what <see cref="SocketErrors.MeansGone"/> knows.</remarks>
internal interface IConnectionSocket : IDisposable
{
    /// <summary>The least room, in bytes, for what is received.</summary>
    const int MinReceive = 512;

    /// <summary>Completes when there is something to read or the peer has ended; now and then without either.</summary>
    ValueTask WaitAsync();

    /// <summary>Whether a wait ended with nothing to read, and the peer has not ended.</summary>
    bool IsQuiet();

    /// <summary>Reads what is there, and waits until there is something.</summary>
    /// <param name="buffer">At least <see cref="MinReceive"/> bytes.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all of <paramref name="bytes"/>. Almost always there is room, and this completes at once.</summary>
    ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>Tells the peer that nothing more comes. What it sends may still be read.</summary>
    void EndSending();
}
