using System.Net.Sockets;

namespace LiveComments.WebFrontend.Connections;

internal static class SocketErrors
{
    /// <summary>Whether it says that the connection is gone: broken, ended by either side, or disposed of.</summary>
    public static bool MeansGone(Exception exception) => exception is SocketException or IOException or ObjectDisposedException;
}
