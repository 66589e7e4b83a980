using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LiveComments.Storage.PostgreSql.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class Lines : ILogger<PostgreSqlCommentStore>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];

    public int Count(LogLevel level, string text = "") =>
        _lines.Count(line => line.Level == level && line.Text.Contains(text, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception)));
}
