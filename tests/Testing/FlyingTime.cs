namespace LiveComments.Testing;

/// <summary>Time that passes much faster than it does.</summary>
public static class FlyingTime
{
    /// <summary>
    /// Lets <paramref name="time"/> pass, half a second every few milliseconds, until <paramref name="awaited"/> completes.
    /// </summary>
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
