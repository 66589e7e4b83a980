using System.Net;
using System.Net.Sockets;

namespace LiveComments.HttpContract;

/// <summary>Finds ports for servers that must come back where they were.</summary>
public static class FreePort
{
    // Below those that the system gives to connections: none of them takes the port while its server is down. Who runs tests of several
    // projects at once says from where on each finds its own.
    private static int _last = int.TryParse(Environment.GetEnvironmentVariable("LIVECOMMENTS_TEST_PORTS"), out var first)
        ? first
        : Random.Shared.Next(12_000, 30_000);

    /// <summary>A port that is free, and was not given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one may not be.
            }
        }
    }
}
