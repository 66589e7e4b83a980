namespace LiveComments.Tests;

public sealed class ActorTaskSchedulerTests
{
    [Fact]
    public async Task Turns_and_their_continuations_run_one_at_a_time()
    {
        var turns = new ActorTaskScheduler();
        var (running, overlaps) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => turns.RunAsync(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                if (Interlocked.Increment(ref running) > 1) Interlocked.Increment(ref overlaps);
                Thread.SpinWait(100);
                Interlocked.Decrement(ref running);
                await Task.Yield();
            }

            return true;
        })))).InTime();

        Assert.Equal(0, overlaps);
    }

    [Fact]
    public async Task A_turn_that_awaits_lets_others_run()
    {
        var turns = new ActorTaskScheduler();
        var gate = new TaskCompletionSource<int>();
        var waits = turns.RunAsync(() => gate.Task);
        Assert.Equal(1, await turns.RunAsync(() => Task.FromResult(1)).InTime());
        gate.SetResult(2);
        Assert.Equal(2, await waits.InTime());
    }

    [Fact]
    public async Task A_turn_stays_one_where_its_caller_has_a_context_of_its_own()
    {
        var turns = new ActorTaskScheduler();
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        var gate = new TaskCompletionSource();
        var scheduler = turns.RunAsync(async () =>
        {
            await gate.Task;
            return TaskScheduler.Current;
        });
        Assert.Same(context, SynchronizationContext.Current);
        SynchronizationContext.SetSynchronizationContext(null);
        gate.SetResult();
        Assert.Same(turns, await scheduler.InTime());
    }

    [Fact]
    public async Task What_comes_after_a_turn_runs_outside_it_and_before_the_next()
    {
        var turns = new ActorTaskScheduler();
        var order = new List<string>();
        await turns.RunAsync(async () =>
        {
            turns.AfterTurn(() => order.Add(TaskScheduler.Current == TaskScheduler.Default ? "outside" : "inside"));
            order.Add("turn");
            await Task.Yield();
            order.Add("next turn");
            return true;
        }).InTime();
        Assert.Equal(["turn", "outside", "next turn"], order);
    }

    [Fact]
    public async Task A_turn_that_throws_does_not_stop_the_others()
    {
        var turns = new ActorTaskScheduler();
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.RunAsync<int>(() => throw new InvalidOperationException()));
        Assert.Equal(1, await turns.RunAsync(() => Task.FromResult(1)).InTime());
    }
}
