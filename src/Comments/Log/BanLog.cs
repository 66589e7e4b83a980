using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// The bans of one video, or of all: the author of an entry is the banned one's id, and its message says until when and why.
/// </summary>
internal sealed partial class BanLog(ICommentStore store, LiveVideoId log, TimeProvider time) : DecisionLog(store, log, time)
{
    private readonly Dictionary<AuthorId, Ban> _bans = [];

    // Who is banned together with an address.
    private readonly Dictionary<AuthorId, HashSet<AuthorId>> _byAddress = [];

    /// <summary>The ban that keeps a post out now, of its author or of the address; null if there is none.</summary>
    public Ban? Find(CommentDraft draft)
    {
        if (_bans.Count == 0) return null;
        var now = Time.GetUtcNow();
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
        var now = Time.GetUtcNow();
        return [.. _bans.Values.Where(ban => ban.HoldsAt(now)).OrderByDescending(ban => ban.Since)];
    }

    /// <summary>Bans somebody, in place of what was said of the same one before.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task AddAsync(Ban ban) => AppendAsync(ban.Author, new(ban.Until, ban.Reason, Lifted: false, ban.Address?.ToString()));

    /// <summary>Lifts a ban.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task LiftAsync(AuthorId author) => AppendAsync(author, new(null, null, Lifted: true));

    private Task<bool> AppendAsync(AuthorId author, Entry content) =>
        AppendAsync(() => (author.ToString(), JsonSerializer.Serialize(content, Json.Default.Entry)));

    /// <inheritdoc/>
    protected override void Apply(Comment entry)
    {
        if (!AuthorId.TryParse(entry.Author, out var author)) return;
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
