using Microsoft.Extensions.Logging;

namespace LiveComments.Tests;

/// <summary>Keeps the first line that is logged.</summary>
internal sealed class LogLines : ILogger<LiveVideo>
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> FirstAsync() => _first.Task.InTime();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _first.TrySetResult(formatter(state, exception));
}
