namespace Scaling;

/// <summary>The ways to spread the crowd's videos over servers, and what each costs.</summary>
internal sealed class Site(Crowd crowd)
{
    /// <summary>How many viewers one server is meant to hold.</summary>
    public const int ViewersOfServer = 20_000;

    private readonly int _servers = crowd.Servers;
    private readonly HashRing _ring = new(crowd.Servers);

    private double AllComments => crowd.Viewers * Crowd.CommentsPerViewer;

    /// <summary>A viewer is anywhere, and every comment goes to every server.</summary>
    public Cost EverythingEverywhere()
    {
        var cost = new Cost("every server gets everything", _servers) { Links = Mesh(_servers) };
        WithViewersAnywhere(cost, 0, _servers, (video, _, _) => cost.Owned[video % _servers]++);
        for (var server = 0; server < _servers; server++)
        {
            cost.Received[server] = AllComments * (_servers - 1) / _servers;
            cost.Sent[server] = AllComments * (_servers - 1) / _servers;
            cost.Subscriptions[server] = _servers - 1;
        }

        return cost;
    }

    /// <summary>A viewer is anywhere; a server takes the whole of each of 1,000 partitions that hold a video watched on it.</summary>
    public Cost Partitions()
    {
        var cost = new Cost("hash partitions", _servers) { Links = Mesh(_servers) };
        var taken = new bool[_servers, _servers];
        var comments = new double[_servers];
        WithViewersAnywhere(cost, 0, _servers, (video, rate, watchers) =>
        {
            var partition = _ring.Owner(video);
            cost.Owned[partition]++;
            comments[partition] += rate;
            foreach (var server in watchers) taken[partition, server] = true;
        });
        for (var partition = 0; partition < _servers; partition++)
        {
            for (var server = 0; server < _servers; server++)
                if (taken[partition, server] && server != partition) Subscribe(cost, partition, server, comments[partition]);
        }

        return cost;
    }

    /// <summary>All that concerns a video goes to one server: its posts, its viewers.</summary>
    public Cost ConsistentHash()
    {
        var cost = new Cost("routing by consistent hash", _servers);
        for (var video = 0; video < crowd.Videos; video++)
        {
            if (crowd.ViewersOf[video] == 0) continue;
            var owner = _ring.Owner(video);
            cost.Owned[owner]++;
            cost.Rings[owner]++;
            cost.Viewers[owner] += crowd.ViewersOf[video];
        }

        return cost;
    }

    /// <summary>A viewer is anywhere; a video's owner, found in a directory, sends each comment to the servers that watch it.</summary>
    public Cost Directory()
    {
        var cost = new Cost("a directory (Orleans)", _servers) { Links = Mesh(_servers) };
        WithViewersAnywhere(cost, 0, _servers, (video, rate, watchers) =>
        {
            var owner = _ring.Owner(video);
            cost.Owned[owner]++;
            foreach (var server in watchers)
                if (server != owner) Subscribe(cost, owner, server, rate);
        });
        return cost;
    }

    /// <summary>Few servers own videos, by consistent hash; the others are edges, and a viewer is on any edge.</summary>
    public Cost Edges(int owners)
    {
        var cost = new Cost("edges, viewers on any", _servers) { Links = (long)owners * (_servers - owners) };
        var ring = new HashRing(owners);
        WithViewersAnywhere(cost, owners, _servers - owners, (video, rate, watchers) =>
        {
            var owner = ring.Owner(video);
            cost.Owned[owner]++;
            foreach (var edge in watchers) Subscribe(cost, owner, edge, rate);
        });
        return cost;
    }

    /// <summary>The same, but a video's viewers are led to one edge by consistent hash, and to the next where it is full.</summary>
    public Cost HashedEdges(int owners)
    {
        var edges = _servers - owners;
        var cost = new Cost("edges, viewers led by hash", _servers) { Links = (long)owners * edges };
        var (ownerOf, edgeOf) = (new HashRing(owners), new HashRing(edges));
        // A little more than an even share, so that few spill over (consistent hashing with bounded loads).
        var room = (long)(1.25 * crowd.Viewers / edges);
        for (var video = 0; video < crowd.Videos; video++)
        {
            if (crowd.ViewersOf[video] == 0) continue;
            var owner = ownerOf.Owner(video);
            cost.Owned[owner]++;
            for (var (step, left) = (0, (long)crowd.ViewersOf[video]); left > 0; step++)
            {
                var edge = owners + edgeOf.Owner(video, step);
                var here = Math.Min(left, room - cost.Viewers[edge]);
                if (here == 0) continue;
                left -= here;
                cost.Viewers[edge] += here;
                cost.Rings[edge]++;
                Subscribe(cost, owner, edge, crowd.ViewersOf[video] * Crowd.CommentsPerViewer);
            }
        }

        return cost;
    }

    /// <summary>
    /// Puts each viewer on a server at random, and tells of each video its comments a second and the servers that watch it.
    /// </summary>
    private void WithViewersAnywhere(Cost cost, int first, int count, Action<int, double, List<int>> each)
    {
        var random = new Random(2);
        var seenFor = new int[_servers];
        var watchers = new List<int>();
        for (var video = 0; video < crowd.Videos; video++)
        {
            if (crowd.ViewersOf[video] == 0) continue;
            watchers.Clear();
            for (var viewer = 0; viewer < crowd.ViewersOf[video]; viewer++)
            {
                var server = first + random.Next(count);
                cost.Viewers[server]++;
                if (seenFor[server] == video + 1) continue;
                seenFor[server] = video + 1;
                cost.Rings[server]++;
                watchers.Add(server);
            }

            each(video, crowd.ViewersOf[video] * Crowd.CommentsPerViewer, watchers);
        }
    }

    private static void Subscribe(Cost cost, int owner, int server, double rate)
    {
        cost.Sent[owner] += rate;
        cost.Received[server] += rate;
        cost.Subscriptions[server]++;
    }

    private static long Mesh(int servers) => (long)servers * (servers - 1) / 2;
}
