namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// Walks a channel's viewers on the thread pool and gives each what it misses. A walk of many viewers is cut into parts, which run side by
/// side where there are cores; after each part other work has its turn, so that a video with very many viewers does not starve the others.
/// </summary>
internal sealed class Broadcaster(ViewerSet viewers, Action done) : IThreadPoolWorkItem
{
    private const int ViewersInPart = 256;
    private const int ViewersAtOnce = 16;

    private Viewer?[] _walk = [];
    private int _nextPart;
    private int _workers;

    /// <summary>Begins a walk; <c>done</c> is called at its end, and not before it may the next one begin.</summary>
    public void Start()
    {
        _walk = viewers.Walk();
        if (_walk.Length <= ViewersAtOnce)
        {
            // So few are served sooner than another thread would be found.
            foreach (var viewer in _walk) viewer?.Pump();
            done();
            return;
        }

        _nextPart = 0;
        var workers = Math.Clamp(_walk.Length / ViewersInPart, 1, Environment.ProcessorCount);
        Volatile.Write(ref _workers, workers);
        for (var i = 0; i < workers; i++) Queue();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var first = (Interlocked.Increment(ref _nextPart) - 1) * ViewersInPart;
        if (first < _walk.Length)
        {
            foreach (var viewer in _walk.AsSpan(first, Math.Min(ViewersInPart, _walk.Length - first))) viewer?.Pump();
            if (first + ViewersInPart < _walk.Length)
            {
                Queue();
                return;
            }
        }

        if (Interlocked.Decrement(ref _workers) == 0) done();
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
