namespace LiveComments.LoadTester.Connections;

/// <summary>
/// What carries the bytes of one viewer or poster: a socket, or TLS upon it. Nothing waits here: whoever owns the connection calls again
/// after the next event of its descriptor. For use by one thread.
/// </summary>
internal interface IConnection : IDisposable
{
    /// <summary>The file descriptor to wait for; negative if the socket could not be made.</summary>
    int Descriptor { get; }

    /// <summary>Whether more may be ready than the last read gave, even if it did not fill its buffer.</summary>
    bool ReadsInPieces { get; }

    /// <summary>How the connecting ended: 0, or its errno.</summary>
    int TakeError();

    /// <summary>Sends what there is room for. Returns the bytes taken, or a negative error.</summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Reads what is there. Returns the bytes read, 0 at the end of the stream, or a negative error.</summary>
    int Receive(Span<byte> buffer);

    /// <summary>Says what an error of this connection means, given without its sign.</summary>
    string Describe(int error);
}
