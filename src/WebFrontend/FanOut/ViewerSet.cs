namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// A set of viewers that can be walked while others join and leave: a viewer keeps its slot for as long as it is here, so a walk meets
/// everyone who was here all the time.
/// </summary>
internal sealed class ViewerSet
{
    private readonly Stack<int> _free = new();
    private Viewer?[] _viewers = [];
    private int _end;

    /// <summary>How many viewers there are.</summary>
    public int Count => _end - _free.Count;

    /// <summary>Those that are here now, with empty slots between. One who joins during the walk may or may not be met.</summary>
    public Viewer?[] Snapshot() => Volatile.Read(ref _viewers);

    /// <summary>Adds a viewer and returns its slot.</summary>
    public int Add(Viewer viewer)
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
