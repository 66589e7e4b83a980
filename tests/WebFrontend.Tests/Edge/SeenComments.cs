using LiveComments.HttpContract.Client;
using LiveComments.Testing;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>Keeps what it observes.</summary>
internal sealed class SeenComments : ILiveVideoObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource> _awaited = [];

    public List<CommentBatch> Batches { get; } = [];

    public void OnBatch(CommentBatch batch)
    {
        lock (_gate)
        {
            Batches.Add(batch);
            foreach (var comment in batch.Comments) Arrival(comment.Id.Value).TrySetResult();
        }
    }

    /// <summary>All ids in the order in which they came, once this one has.</summary>
    public async Task<IReadOnlyList<long>> ThroughAsync(long id)
    {
        Task arrival;
        lock (_gate) arrival = Arrival(id).Task;
        await Patience.InTime(arrival);
        lock (_gate) return [.. Batches.SelectMany(batch => batch.Comments).Select(comment => comment.Id.Value)];
    }

    private TaskCompletionSource Arrival(long id)
    {
        if (!_awaited.TryGetValue(id, out var arrival))
            _awaited[id] = arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return arrival;
    }
}

/// <summary>Time that passes much faster than it does.</summary>
internal static class FlyingTime
{
    /// <summary>Lets <paramref name="time"/> pass, half a second every few milliseconds, until <paramref name="awaited"/> completes.</summary>
    public static async Task<T> WhileItFliesAsync<T>(this ManualTime time, Task<T> awaited)
    {
        await time.WhileItFliesAsync((Task)awaited);
        return await awaited;
    }

    /// <inheritdoc cref="WhileItFliesAsync{T}"/>
    public static async Task WhileItFliesAsync(this ManualTime time, Task awaited)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!awaited.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(0.5));
            await ticks.WaitForNextTickAsync();
        }

        await awaited;
    }
}
