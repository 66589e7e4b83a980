using System.Reflection;
using Orleans.Streams;

namespace LiveComments.Grains.Tests.Publishing;

/// <summary>A stream whose provider takes each batch when the test says so.</summary>
public class HeldStream : DispatchProxy
{
    private readonly List<(IReadOnlyList<Comment> Comments, TaskCompletionSource Taken)> _batches = [];

    public IReadOnlyList<IReadOnlyList<Comment>> Batches => [.. _batches.Select(batch => batch.Comments)];

    /// <summary>Released whenever a batch is handed over.</summary>
    public SemaphoreSlim HandedOver { get; } = new(0);

    public static (IAsyncStream<Comment> Stream, HeldStream Held) Create()
    {
        var stream = DispatchProxy.Create<IAsyncStream<Comment>, HeldStream>();
        return (stream, (HeldStream)(object)stream);
    }

    public void TakeLast() => _batches[^1].Taken.SetResult();

    public void FailLast() => _batches[^1].Taken.SetException(new TimeoutException("provider"));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name != "OnNextBatchAsync") throw new NotSupportedException(targetMethod?.Name);
        var taken = new TaskCompletionSource();
        _batches.Add(([.. (IEnumerable<Comment>)args![0]!], taken));
        HandedOver.Release();
        return taken.Task;
    }
}
