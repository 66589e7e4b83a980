using Orleans.Storage;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>A grain storage before another one: it counts, and fails, waits or repeats where a test says so.</summary>
internal sealed class WatchedGrainStorage(IGrainStorage inner) : IGrainStorage
{
    private int _reads;

    /// <summary>How many reads there were.</summary>
    public int Reads => _reads;

    /// <summary>The size of each segment written, in order, also of those that were refused.</summary>
    public List<int> Written { get; } = [];

    /// <summary>Awaited before each write; where it fails nothing is stored.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited after each write; where it fails all is stored, but the caller does not know.</summary>
    public Func<Task> AfterWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>
    /// Whether the answer to each write is lost and the write is made a second time, as network clients do by themselves.
    /// </summary>
    public bool RepeatsWrites { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeforeWrite();
        Written.Add(((LogSegment)(object)grainState.State!).Bytes);
        if (RepeatsWrites)
            await inner.WriteStateAsync(stateName, grainId, new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists });
        await inner.WriteStateAsync(stateName, grainId, grainState);
        await AfterWrite();
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
