using System.Collections.Concurrent;
using System.Net;

namespace LiveComments.WebFrontend.Api;

/// <summary>Counts the open streams of each client address up to its cap. Addresses without streams take no memory.</summary>
internal sealed class AddressQuota(LimitsOptions limits)
{
    private readonly ConcurrentDictionary<IPAddress, int> _streams = new();

    /// <summary>Counts one more stream of the request's client until <paramref name="place"/> is disposed of; false at the cap.</summary>
    public bool TryEnter(HttpContext context, out IDisposable? place)
    {
        place = null;
        if (limits.MaxViewersPerAddress == 0) return true;
        var address = ClientAddress.Of(context);
        var streams = _streams.AddOrUpdate(address, 1, static (_, streams) => streams + 1);
        place = new Place(this, address);
        if (streams <= limits.MaxViewersPerAddress) return true;
        place.Dispose();
        return false;
    }

    private void Leave(IPAddress address)
    {
        // Removed only where it is still 0, for another may have entered meanwhile.
        if (_streams.AddOrUpdate(address, 0, static (_, streams) => streams - 1) == 0) _streams.TryRemove(new(address, 0));
    }

    private sealed class Place(AddressQuota quota, IPAddress address) : IDisposable
    {
        public void Dispose() => quota.Leave(address);
    }
}
