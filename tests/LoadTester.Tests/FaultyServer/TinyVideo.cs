namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>The viewers of one video, and what goes wrong for all of them. Called under the server's lock.</summary>
internal sealed class TinyVideo(Faults faults, FaultCounts counts)
{
    private readonly List<TinyViewer> _viewers = [];
    private readonly Dictionary<long, TinyComment> _published = [];
    private TinyComment? _held;
    private int _comments;

    public void Add(TinyViewer viewer) => _viewers.Add(viewer);

    /// <summary>Returns to how many viewers it goes.</summary>
    public int Publish(TinyComment comment)
    {
        _published.Add(comment.Id, comment);
        if (TinyServer.IsDue(faults.SwapEvery, ++_comments))
        {
            _held = comment;
            return 0;
        }

        _viewers.ForEach(viewer => viewer.Deliver(comment));
        if (_held is { } held)
        {
            counts.Swapped += _viewers.Count;
            _viewers.ForEach(viewer => viewer.Deliver(held));
            _held = null;
        }

        return _viewers.Count;
    }

    /// <summary>Takes a comment back, and tells all viewers.</summary>
    public void Remove(long comment, long id) => _viewers.ForEach(viewer => viewer.TellRemoval(_published[comment], id));

    /// <summary>Sends the comment of another video. Returns to how many viewers it goes.</summary>
    public int Leak(TinyComment comment)
    {
        _viewers.ForEach(viewer => viewer.Deliver(comment));
        return _viewers.Count;
    }
}
