namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>Lets an endpoint send the body of its response past the server, on a connection that it shares with other requests.</summary>
internal interface IHttp2Streams
{
    /// <summary>
    /// The way to the client of a request's stream, or null if it can only go through the server. The server sends the head and the first
    /// bytes of the body; what is written here comes after them, whenever that is. The server ends the stream, and must send nothing else.
    /// </summary>
    IHttp2Stream? TryTakeOver(int stream);
}
