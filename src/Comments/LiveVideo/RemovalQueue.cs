namespace LiveComments;

/// <summary>The removals of one video that wait for their append. It is used in the turns of the video alone.</summary>
/// <param name="most">The most that may wait.</param>
internal sealed class RemovalQueue(int most)
{
    private readonly Queue<PendingRemoval> _waiting = [];

    /// <summary>Whether none waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds one; the outcome is <see cref="RemovalStatus.Overloaded"/> if too many wait.</summary>
    public Task<RemovalOutcome> Add(RemovalRequest request)
    {
        if (_waiting.Count >= most) return Task.FromResult(new RemovalOutcome(RemovalStatus.Overloaded));
        var removal = new PendingRemoval(request);
        _waiting.Enqueue(removal);
        return removal.Outcome.Task;
    }

    /// <summary>
    /// Takes those of the next append: as many as are of single comments, up to what one removal may name, or one of many; none if none
    /// waits.
    /// </summary>
    public List<PendingRemoval> Take()
    {
        var taken = new List<PendingRemoval>();
        if (!_waiting.TryDequeue(out var first)) return taken;
        taken.Add(first);
        if (first.Request.Comment is null) return taken;
        while (taken.Count < RemovedComments.MostIds && _waiting.TryPeek(out var next) && next.Request.Comment is not null)
            taken.Add(_waiting.Dequeue());
        return taken;
    }
}

/// <summary>A removal on its way into the log.</summary>
internal sealed record PendingRemoval(RemovalRequest Request)
{
    /// <summary>How many comments were erased for it by appends before the last one.</summary>
    public int Erased { get; set; }

    /// <summary>The removal that has taken those back; null if there is none.</summary>
    public CommentId? By { get; set; }

    /// <summary>The settings, if an append that another owner's got ahead of has changed them for it.</summary>
    public VideoSettings? Settings { get; set; }

    /// <summary>Its outcome.</summary>
    public TaskCompletionSource<RemovalOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
