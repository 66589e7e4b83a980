using System.Diagnostics;

namespace LiveComments.Testing;

/// <summary>
/// How long a test waits for an event before it fails. Tests wait for events alone; this bound is met only when one never comes.
/// </summary>
public static class Patience
{
    /// <summary>
    /// Far more than any event of a healthy server takes, also on a machine that for a while gets little of its processors.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the event, or fails with a <see cref="TimeoutException"/>.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="InTime{T}(Task{T})"/>
    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    /// <inheritdoc cref="InTime{T}(Task{T})"/>
    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    /// <summary>
    /// Asks again and again until it is so, or fails with a <see cref="TimeoutException"/>. It is for what another process knows and tells
    /// nobody; everything else has an event.
    /// </summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo().InTime())
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit) throw new TimeoutException();
            await Task.Delay(Pause);
        }
    }
}
