namespace LiveComments.Testing;

/// <summary>Waits for what must happen. The time allowed is for a broken program only; a working one never needs it.</summary>
public static class Awaiting
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(60);

    /// <summary>Awaits a task, or fails.</summary>
    public static Task InTime(this Task task) => task.WaitAsync(Allowed);

    /// <summary>Awaits a task, or fails.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Allowed);
}
