namespace LiveComments;

/// <summary>Those who are told of one video's comments. It is used in the turns of the video alone.</summary>
/// <param name="afterTurn">
/// Runs a piece of work right after the current turn, on the same thread; null if the host has no such way. Observers are told there: what
/// they await would go on in the turns of the video, or, worse, in a turn on the thread and under the locks of whatever they awaited.
/// </param>
internal sealed class Observers(Action<Action>? afterTurn)
{
    private readonly List<ILiveVideoObserver> _observers = [];

    public void Add(ILiveVideoObserver observer) => _observers.Add(observer);

    public void Remove(ILiveVideoObserver observer) => _observers.Remove(observer);

    /// <inheritdoc cref="ILiveVideoObserver.OnBatch"/>
    public void OnBatch(CommentBatch batch) => Tell(observer => observer.OnBatch(batch));

    /// <inheritdoc cref="ILiveVideoObserver.OnOwnerChanged"/>
    public void OnOwnerChanged() => Tell(static observer => observer.OnOwnerChanged());

    private void Tell(Action<ILiveVideoObserver> what)
    {
        if (_observers.Count == 0) return;
        if (afterTurn is null) _observers.ForEach(what);
        else afterTurn(() => _observers.ForEach(what));
    }
}
