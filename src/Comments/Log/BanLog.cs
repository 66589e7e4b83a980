using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// The bans of one video, or of all, in a log of their own, which every store keeps as it keeps the others: an entry is a comment whose
/// author is the banned one's id and whose message says until when and why. What is known of it is read anew when it may be outdated.
/// It is used by one thread at a time.
/// </summary>
internal sealed partial class BanLog(ICommentStore store, LiveVideoId log, TimeProvider time)
{
    private const int Page = 1_000;
    private const int MaxConflictsInARow = 10;

    private readonly Dictionary<AuthorId, Ban> _bans = [];
    private CommentId _last;
    private CommentId _seen;

    /// <summary>Whether anything was read or written since this was asked last.</summary>
    public bool HasChanged
    {
        get
        {
            var changed = _seen != _last;
            _seen = _last;
            return changed;
        }
    }

    /// <summary>The ban of somebody who may not write now; null if there is none.</summary>
    public Ban? Find(AuthorId? author) =>
        _bans.Count > 0 && author is { } id && _bans.TryGetValue(id, out var ban) && !(ban.Until <= time.GetUtcNow()) ? ban : null;

    /// <summary>All bans that hold now, the last one first.</summary>
    public IReadOnlyList<Ban> All()
    {
        var now = time.GetUtcNow();
        return [.. _bans.Values.Where(ban => ban.Until is not { } until || until > now).OrderByDescending(ban => ban.Since)];
    }

    /// <summary>Reads what has come since it was read last.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task LoadAsync()
    {
        var news = new List<Comment>();
        CommentId? before = CommentId.Max;
        while (before is { } cursor && cursor > _last)
        {
            var stretch = await store.ReadBeforeAsync(log, cursor, Page);
            news.AddRange(stretch.Comments.TakeWhile(entry => entry.Id > _last));
            before = stretch.Start == CommentId.None ? null : stretch.Start;
        }

        news.Reverse();
        foreach (var entry in news) Apply(entry);
    }

    /// <summary>Bans somebody, in place of what was said of the same one before.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task AddAsync(Ban ban) => AppendAsync(ban.Author, new(ban.Until, ban.Reason, Lifted: false));

    /// <summary>Lifts a ban.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task LiftAsync(AuthorId author) => AppendAsync(author, new(null, null, Lifted: true));

    private async Task AppendAsync(AuthorId author, Entry content)
    {
        for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
        {
            var entry = new Comment(
                _last.Next(time.GetUtcNow()), log, author.ToString(), JsonSerializer.Serialize(content, Json.Default.Entry));
            if (await store.AppendAsync(log, _last, [new(entry, null)]) == AppendResult.Appended)
            {
                Apply(entry);
                return;
            }

            await LoadAsync();
        }

        throw new CommentsUnavailableException("Others write to the log of bans all the time.");
    }

    private void Apply(Comment entry)
    {
        // Two may read the log beside each other, and one write to it.
        if (entry.Id <= _last) return;
        _last = entry.Id;
        if (!AuthorId.TryParse(entry.Author, out var author)) return;
        var content = JsonSerializer.Deserialize(entry.Message, Json.Default.Entry)!;
        if (content.Lifted) _bans.Remove(author);
        else _bans[author] = new(author, entry.CreatedAt, content.Until, content.Reason);
    }

    /// <summary>What an entry says.</summary>
    internal sealed record Entry(DateTimeOffset? Until, string? Reason, bool Lifted);

    [JsonSerializable(typeof(Entry))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    private sealed partial class Json : JsonSerializerContext;
}
