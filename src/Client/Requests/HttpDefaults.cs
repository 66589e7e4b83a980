namespace LiveComments.Client.Requests;

/// <summary>How connections to a server are made.</summary>
internal static class HttpDefaults
{
    // In units of 1,024 bytes. A server's are a tenth of that; a proxy may add some.
    private const int MaxHeaders = 16;

    // Over HTTP/2 a dead connection ends all its streams. Pings find it sooner than TCP does.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    // Addresses of the server are looked up anew this often: a stream is not cut off for it.
    private static readonly TimeSpan LookUp = TimeSpan.FromMinutes(5);

    public static HttpClient NewClient()
    {
        var client = new HttpClient(NewHandler());
        Configure(client);
        return client;
    }

    /// <summary>Each request has a time of its own, which a stream must not have.</summary>
    public static void Configure(HttpClient client) => client.Timeout = Timeout.InfiniteTimeSpan;

    public static SocketsHttpHandler NewHandler() => new()
    {
        MaxResponseHeadersLength = MaxHeaders,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = Ping,
        KeepAlivePingTimeout = Ping,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionLifetime = LookUp,
        // A token is for the server alone, and a post that is redirected would become a read.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
