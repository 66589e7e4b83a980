using System.Collections.Concurrent;

namespace LiveComments;

/// <summary>
/// Things that are made when first used, shared while in use and let go when nobody has used them for a while: at any time
/// a key has at most one of them that can be entered. Safe for use by many threads at once.
/// </summary>
public sealed class IdleCache<TKey, TValue> : IDisposable
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Activation> _active = new();
    private readonly Func<TKey, TValue> _activate;
    private readonly Action<TValue> _deactivate;
    private readonly Func<TValue, bool>? _stays;
    private readonly TimeSpan _idleAfter;
    private readonly TimeProvider _time;
    private readonly ITimer _idleCheck;

    /// <summary>Makes an empty table.</summary>
    /// <param name="activate">Makes the thing for a key; it must be cheap, for one made in a race is thrown away.</param>
    /// <param name="deactivate">Called once for each that was let go.</param>
    /// <param name="idleAfter">How long a thing stays unused before it is let go; up to half as long more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stays">Whether a thing stays at all when its last user has left; null if each does.</param>
    public IdleCache(
        Func<TKey, TValue> activate, Action<TValue> deactivate, TimeSpan idleAfter, TimeProvider time, Func<TValue, bool>? stays = null)
    {
        (_activate, _deactivate, _idleAfter, _time, _stays) = (activate, deactivate, idleAfter, time, stays);
        _idleCheck = time.CreateTimer(_ => LetIdleOnesGo(), null, idleAfter, idleAfter / 2);
    }

    /// <summary>How many there are.</summary>
    public int Count => _active.Count;

    /// <summary>A snapshot of the entries. It takes no lease on them.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Snapshot() => _active.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value));

    /// <summary>Whether there is one for <paramref name="key"/>.</summary>
    public bool Contains(TKey key) => _active.ContainsKey(key);

    /// <summary>Takes the thing for a key into use until the lease is disposed of.</summary>
    public Lease Enter(TKey key)
    {
        while (true)
        {
            var activation = _active.GetOrAdd(key, static (key, cache) => new(cache, key, cache._activate(key)), this);
            if (activation.TryEnter()) return new(activation);
            _active.TryRemove(KeyValuePair.Create(key, activation));
        }
    }

    /// <summary>Stops looking for idle ones.</summary>
    public void Dispose() => _idleCheck.Dispose();

    private void LetIdleOnesGo()
    {
        foreach (var (key, activation) in _active)
        {
            if (activation.IsIdle(_idleAfter, _time)) LetGo(key, activation);
        }
    }

    private void LetGo(TKey key, Activation activation)
    {
        if (!activation.TryClose()) return;
        _active.TryRemove(KeyValuePair.Create(key, activation));
        _deactivate(activation.Value);
    }

    /// <summary>A use of an activated thing.</summary>
    public sealed class Lease : IDisposable
    {
        private Activation? _activation;

        internal Lease(Activation activation)
        {
            _activation = activation;
            Value = activation.Value;
        }

        /// <summary>The thing in use.</summary>
        public TValue Value { get; }

        /// <summary>Ends the use.</summary>
        public void Dispose() => Interlocked.Exchange(ref _activation, null)?.Leave();
    }

    internal sealed class Activation(IdleCache<TKey, TValue> cache, TKey key, TValue value)
    {
        private const int Closed = -1;
        private int _users;
        private long _lastUse;

        public TValue Value => value;

        public bool TryEnter()
        {
            for (var users = Volatile.Read(ref _users); users != Closed;)
            {
                var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
                if (seen == users) return true;
                users = seen;
            }

            return false;
        }

        public void Leave()
        {
            Volatile.Write(ref _lastUse, cache._time.GetTimestamp());
            if (Interlocked.Decrement(ref _users) == 0 && cache._stays is { } stays && !stays(value)) cache.LetGo(key, this);
        }

        public bool IsIdle(TimeSpan idle, TimeProvider time) => time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= idle;

        // Between being made and first being entered it has no users, and looks idle: whoever made it finds it closed and makes another.
        public bool TryClose() => Interlocked.CompareExchange(ref _users, Closed, 0) == 0;
    }
}
