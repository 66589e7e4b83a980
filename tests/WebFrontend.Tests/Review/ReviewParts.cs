using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Review;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>What the tests of reviews are made of.</summary>
internal static class ReviewParts
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    public static readonly AuthorId Ada = new(1);

    public static ReviewMetrics Metrics { get; } = new(new Meter("test"));

    /// <summary>A draft of somebody whom no issuer vouches for.</summary>
    public static CommentDraft Draft(string message, AuthorId? person = null, AuthorRole role = AuthorRole.Viewer, string? key = null, string author = "Ada")
    {
        IdempotencyKey? parsed = key is not null && IdempotencyKey.TryCreate(key, out var valid) ? valid : null;
        return CommentDraft.TryCreate(author, message, parsed, new AuthorIdentity(person ?? Ada, role, Verified: false), out var draft, out _)
            ? draft
            : throw new ArgumentException("no message", nameof(message));
    }

    /// <summary>Keeps the lines that are logged.</summary>
    internal sealed class Lines : ILogger<ReviewLog>
    {
        public ConcurrentQueue<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));
    }
}
