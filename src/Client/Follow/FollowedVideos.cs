namespace LiveComments.Client.Follow;

/// <summary>The videos that are followed just now, each with what is known of its removals.</summary>
internal sealed class FollowedVideos
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (KnownRemovals Removals, int Followers)> _videos = [];

    /// <summary>What is known of a video; null if nobody follows it.</summary>
    public KnownRemovals? Find(string liveVideoId)
    {
        lock (_gate) return _videos.TryGetValue(liveVideoId, out var video) ? video.Removals : null;
    }

    /// <summary>Begins to follow one. Each call needs one of <see cref="Leave"/>.</summary>
    public KnownRemovals Enter(string liveVideoId)
    {
        lock (_gate)
        {
            var (removals, followers) = _videos.TryGetValue(liveVideoId, out var video) ? video : (new(), 0);
            _videos[liveVideoId] = (removals, followers + 1);
            return removals;
        }
    }

    /// <summary>Follows it no more.</summary>
    public void Leave(string liveVideoId)
    {
        lock (_gate)
        {
            var (removals, followers) = _videos[liveVideoId];
            if (followers == 1) _videos.Remove(liveVideoId);
            else _videos[liveVideoId] = (removals, followers - 1);
        }
    }
}
