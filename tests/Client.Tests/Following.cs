namespace LiveComments.Client.Tests;

/// <summary>Takes the events of a followed video one by one. Dispose of it to leave.</summary>
internal sealed class Following(IAsyncEnumerable<LiveEvent> events) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<LiveEvent> _events = events.GetAsyncEnumerator();

    /// <summary>The next event; null at the end.</summary>
    public async Task<LiveEvent?> NextAsync() => await _events.MoveNextAsync().InTime() ? _events.Current : null;

    /// <summary>The next event of a kind; others before it are passed over.</summary>
    public async Task<T> NextAsync<T>()
        where T : LiveEvent
    {
        while (true)
        {
            switch (await NextAsync())
            {
                case T wanted: return wanted;
                case null: throw new InvalidOperationException($"It has ended, and there was no {typeof(T).Name}.");
                default: break;
            }
        }
    }

    /// <summary>The next comments.</summary>
    public async Task<IReadOnlyList<Comment>> TakeAsync(int count)
    {
        var comments = new List<Comment>();
        while (comments.Count < count) comments.Add((await NextAsync<CommentEvent>()).Comment);
        return comments;
    }

    public ValueTask DisposeAsync() => _events.DisposeAsync();
}
