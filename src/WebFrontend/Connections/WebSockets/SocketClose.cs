using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections.WebSockets;

/// <summary>Why a WebSocket is closed.</summary>
/// <param name="Status">The status code (RFC 6455, 7.4).</param>
/// <param name="Reason">The reason in English, at most 123 bytes.</param>
internal readonly record struct SocketClose(int Status, string? Reason)
{
    /// <summary>The client has closed.</summary>
    public static SocketClose Answer => new(1000, null);

    /// <summary>The live video is over.</summary>
    public static SocketClose Ended => new(1000, "The live video is over.");

    /// <summary>The node stops.</summary>
    public static SocketClose Stopping => new(1001, "This node stops. Come again.");

    /// <summary>The client has sent a binary message.</summary>
    public static SocketClose NotText => new(1003, "Send text.");

    /// <summary>The client has sent a text that asks for nothing known.</summary>
    public static SocketClose NoMessage => new(1008, """Send {"type":"post","key":"...","author":"...","message":"..."}.""");

    /// <summary>The client has sent too much in one message.</summary>
    public static SocketClose TooBig => new(1009, $"Send at most {NewComment.MaxBytes} bytes in a message.");

    /// <summary>The token that let the client in has expired.</summary>
    public static SocketClose TokenExpired => new(4001, "The token has expired. Come again with a new one.");

    /// <summary>Another node may have the video now.</summary>
    public static SocketClose Moved => new(4002, "Come again: another node may have this video now.");
}
