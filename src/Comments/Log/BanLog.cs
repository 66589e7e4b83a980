using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// The bans of one video, or of all: an entry of their log says until when and why. What is known of it is read anew when it may be
/// outdated. It is used by one thread at a time.
/// </summary>
internal sealed partial class BanLog
{
    private readonly TimeProvider _time;
    private readonly DecisionLog _entries;
    private readonly Dictionary<AuthorId, Ban> _bans = [];

    // Who is banned together with an address.
    private readonly Dictionary<AuthorId, HashSet<AuthorId>> _byAddress = [];

    /// <summary>Makes what is known of a log of bans; it reads nothing yet.</summary>
    public BanLog(ICommentStore store, LiveVideoId log, TimeProvider time)
    {
        _time = time;
        _entries = new(store, log, time, Apply);
    }

    /// <summary>The last entry that was read or written; <see cref="CommentId.None"/> if there is none.</summary>
    public CommentId Last => _entries.Last;

    /// <summary>The ban that keeps a post out now, of its author or of the address; null if there is none.</summary>
    public Ban? Find(CommentDraft draft)
    {
        if (_bans.Count == 0) return null;
        var now = _time.GetUtcNow();
        if (draft.Identity is { } identity
            && _bans.TryGetValue(identity.Id, out var ban)
            && ban.As(identity) is var own
            && own.HoldsAt(now))
            return own;
        return draft.Address is { } address && _byAddress.TryGetValue(address, out var banned)
            ? banned.Select(author => _bans[author].OfAddress).FirstOrDefault(held => held.HoldsAt(now))
            : null;
    }

    /// <summary>All bans that hold now, the last one first.</summary>
    public IReadOnlyList<Ban> All()
    {
        var now = _time.GetUtcNow();
        return [.. _bans.Values.Where(ban => ban.HoldsAt(now)).OrderByDescending(ban => ban.Since)];
    }

    /// <summary>Reads what has come since it was read last.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public Task LoadAsync() => _entries.LoadAsync();

    /// <summary>Bans somebody, in place of what was said of the same one before.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task AddAsync(Ban ban) => AppendAsync(ban.Author, new(ban.Until, ban.Reason, Lifted: false, ban.Address?.ToString()));

    /// <summary>Lifts a ban.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task LiftAsync(AuthorId author) => AppendAsync(author, new(null, null, Lifted: true));

    private Task<bool> AppendAsync(AuthorId author, Entry content) =>
        _entries.AppendAsync(author, () => JsonSerializer.Serialize(content, Json.Default.Entry));

    private void Apply(AuthorId author, Comment entry)
    {
        Forget(author);
        var content = JsonSerializer.Deserialize(entry.Message, Json.Default.Entry)!;
        if (content.Lifted) return;
        AuthorId? address = AuthorId.TryParse(content.Address, out var held) ? held : null;
        _bans[author] = new(author, entry.CreatedAt, content.Until, content.Reason)
        {
            HoldsAddress = address is not null,
            Address = address,
        };
        if (address is null) return;
        if (!_byAddress.TryGetValue(held, out var banned)) _byAddress[held] = banned = [];
        banned.Add(author);
    }

    private void Forget(AuthorId author)
    {
        if (!_bans.Remove(author, out var before) || before.Address is not { } address) return;
        _byAddress[address].Remove(author);
        if (_byAddress[address].Count == 0) _byAddress.Remove(address);
    }

    /// <summary>What an entry says.</summary>
    internal sealed record Entry(DateTimeOffset? Until, string? Reason, bool Lifted, string? Address = null);

    [JsonSerializable(typeof(Entry))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    private sealed partial class Json : JsonSerializerContext;
}
