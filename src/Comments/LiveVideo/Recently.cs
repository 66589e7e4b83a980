using System.Diagnostics.CodeAnalysis;

namespace LiveComments;

/// <summary>
/// What was noted of each key last: of up to <paramref name="most"/> keys, for up to a time, the oldest forgotten first. It goes by the
/// time that passes here. It is used in the turns of one video alone.
/// </summary>
/// <param name="most">The most keys.</param>
/// <param name="kept">For how long.</param>
/// <param name="time">The clock.</param>
internal sealed class Recently<TKey, TValue>(int most, TimeSpan kept, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _byKey = [];
    private readonly LinkedList<Entry> _byAge = [];

    /// <summary>Notes a value, in place of what was noted of the key before. What is noted later has never a greater age.</summary>
    public void Add(TKey key, TValue value, TimeSpan age = default)
    {
        var entry = new Entry(key, value, time.GetTimestamp(), age);
        if (_byKey.TryGetValue(key, out var node))
        {
            _byAge.Remove(node);
            node.Value = entry;
        }
        else
        {
            _byKey[key] = node = new(entry);
        }

        _byAge.AddLast(node);
        Forget();
    }

    /// <summary>What was noted of a key, and how long ago; false if that is not known.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out TimeSpan age)
    {
        Forget();
        (value, age) = (default, default);
        if (!_byKey.TryGetValue(key, out var node)) return false;
        (value, age) = (node.Value.Value, AgeOf(node.Value));
        return true;
    }

    private void Forget()
    {
        while (_byAge.First is { Value: var oldest } && (_byAge.Count > most || AgeOf(oldest) > kept))
        {
            _byAge.RemoveFirst();
            _byKey.Remove(oldest.Key);
        }
    }

    private TimeSpan AgeOf(in Entry entry) => entry.Age + time.GetElapsedTime(entry.Since);

    private readonly record struct Entry(TKey Key, TValue Value, long Since, TimeSpan Age);
}
