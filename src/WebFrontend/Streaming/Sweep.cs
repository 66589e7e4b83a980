namespace LiveComments.WebFrontend.Streaming;

/// <summary>Walks a channel's viewers on the thread pool and gives each what it misses.</summary>
internal sealed class Sweep(ViewerSlots viewers, Action done) : IThreadPoolWorkItem
{
    /// <summary>Begins a walk; <c>done</c> is called at its end.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        foreach (var viewer in viewers.Walk()) viewer?.Pump();
        done();
    }
}
