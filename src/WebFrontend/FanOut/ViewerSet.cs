namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// A set of viewers that can be enumerated while others join and leave. A viewer keeps its slot while it is in the set, so an enumeration
/// meets everyone who was in the set all the time.
/// </summary>
internal sealed class ViewerSet
{
    private readonly Stack<int> _free = new();
    private Viewer?[] _viewers = [];
    private int _end;

    /// <summary>How many viewers there are.</summary>
    public int Count => _end - _free.Count;

    /// <summary>The viewers now, with empty slots between. One that joins during the enumeration may or may not be met.</summary>
    public Viewer?[] Snapshot() => Volatile.Read(ref _viewers);

    /// <summary>Adds a viewer and returns its slot, which it is told first where <paramref name="tell"/> says so.</summary>
    public int Add(Viewer viewer, bool tell = false)
    {
        lock (_free)
        {
            if (!_free.TryPop(out var slot)) slot = _end++;
            if (slot == _viewers.Length)
            {
                var larger = new Viewer?[Math.Max(2, slot * 2)];
                _viewers.CopyTo(larger, 0);
                Volatile.Write(ref _viewers, larger);
            }

            if (tell) viewer.Slot = slot;
            _viewers[slot] = viewer;
            return slot;
        }
    }

    /// <summary>Removes the viewer in a slot.</summary>
    public void Remove(int slot)
    {
        lock (_free)
        {
            _viewers[slot] = null;
            _free.Push(slot);
        }
    }
}
