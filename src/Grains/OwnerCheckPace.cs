using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains;

/// <summary>
/// When an owner looks whether another has written to its log. Orleans may activate a grain twice while silos come and go, so it looks
/// often after that, and seldom else: each look reads the store.
/// </summary>
internal sealed class OwnerCheckPace(IClusterMembershipService membership, SubscriptionOptions options, TimeProvider time)
{
    private static readonly TimeSpan Unrest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OftenEvery = TimeSpan.FromSeconds(2);

    private MembershipVersion _version = membership.CurrentSnapshot.Version;
    private long _changed = time.GetTimestamp();
    private long _looked = time.GetTimestamp();

    /// <summary>Whether it is time to look; if so, the next time is counted from now.</summary>
    public bool IsDue()
    {
        if (membership.CurrentSnapshot.Version is var version && version != _version)
            (_version, _changed) = (version, time.GetTimestamp());
        var every = time.GetElapsedTime(_changed) < Unrest && OftenEvery < options.OwnerCheck ? OftenEvery : options.OwnerCheck;
        if (time.GetElapsedTime(_looked) < every) return false;
        _looked = time.GetTimestamp();
        return true;
    }
}
