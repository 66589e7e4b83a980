namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>The body of one response, see <see cref="IHttp2Streams"/>. One writes at a time. Dispose of it before the server ends the stream.</summary>
internal interface IHttp2Stream : IDisposable
{
    /// <summary>Sends all of <paramref name="bytes"/>, at once if the client takes them.</summary>
    /// <remarks>Throws what <see cref="SocketErrors.MeansGone"/> knows where the client has ended the stream or the connection.</remarks>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Makes a write under way fail; one that the connection itself has no room for breaks the connection off.</summary>
    void Abort();
}
