namespace LiveComments;

/// <summary>Those who are told of one video's comments. It is used in the turns of the video alone.</summary>
internal sealed class Observers
{
    private readonly List<ILiveVideoObserver> _observers = [];

    public void Add(ILiveVideoObserver observer) => _observers.Add(observer);

    public void Remove(ILiveVideoObserver observer) => _observers.Remove(observer);

    /// <inheritdoc cref="ILiveVideoObserver.OnBatch"/>
    public void OnBatch(CommentBatch batch)
    {
        foreach (var observer in _observers) observer.OnBatch(batch);
    }

    /// <inheritdoc cref="ILiveVideoObserver.OnOwnerChanged"/>
    public void OnOwnerChanged()
    {
        foreach (var observer in _observers) observer.OnOwnerChanged();
    }
}
