using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Tests;

/// <summary>A frontend that answers as slowly as a test wants.</summary>
internal sealed class TestFrontend : IFrontendObserver
{
    private readonly Lock _gate = new();
    private readonly List<(Func<TestFrontend, bool> Condition, TaskCompletionSource Met)> _waiting = [];

    /// <summary>What has come, in order.</summary>
    public List<CommentBatch> Batches { get; } = [];

    /// <summary>Awaited before an answer.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>Which subscriptions it was told to begin anew.</summary>
    public List<Guid> Moved { get; } = [];

    /// <summary>What it knows of removals.</summary>
    public NodeReceipt Receipt { get; set; } = new(ReceiptShare.None, [], IsWhole: true);

    /// <summary>The comments that have come, in order.</summary>
    public IEnumerable<Comment> Comments => Batches.SelectMany(batch => batch.Comments);

    public async Task<bool> OnBatchAsync(Guid subscription, CommentBatch batch)
    {
        Note(() => Batches.Add(batch));
        await Answering;
        return true;
    }

    public Task OnMovedAsync(Guid subscription)
    {
        Note(() => Moved.Add(subscription));
        return Task.CompletedTask;
    }

    public async Task<NodeReceipt> ReadReceiptAsync(string liveVideoId, CommentId removal)
    {
        await Answering;
        return Receipt;
    }

    /// <summary>Waits until what has come satisfies <paramref name="condition"/>.</summary>
    public Task HasAsync(Func<TestFrontend, bool> condition)
    {
        lock (_gate)
        {
            if (condition(this)) return Task.CompletedTask;
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, met));
            return met.Task;
        }
    }

    private void Note(Action what)
    {
        lock (_gate)
        {
            what();
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(this))) met.TrySetResult();
        }
    }
}
