using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Tests;

/// <summary>A frontend that answers as slowly as a test wants.</summary>
internal sealed class TestFrontend : IFrontendObserver
{
    private readonly Lock _gate = new();
    private readonly List<(Func<TestFrontend, bool> Condition, TaskCompletionSource Met)> _waiting = [];

    /// <summary>What has come, in order.</summary>
    public List<News> News { get; } = [];

    /// <summary>Awaited before an answer.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>The comments that have come, in order.</summary>
    public IEnumerable<Comment> Comments => News.SelectMany(news => news.Comments);

    public async Task<bool> OnNewsAsync(Guid subscription, News news)
    {
        lock (_gate)
        {
            News.Add(news);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(this))) met.TrySetResult();
        }

        await Answering;
        return true;
    }

    public Task OnMovedAsync(Guid subscription) => Task.CompletedTask;

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
}
