namespace LiveComments;

/// <summary>
/// From which address each of those who wrote lately without an issuer's token did so last, so that a ban can hold the address: of up to
/// <see cref="Most"/> authors for up to <see cref="Kept"/>, and in memory alone. It is used in the turns of the video alone.
/// </summary>
internal sealed class LastAddresses(TimeProvider time)
{
    /// <summary>The most authors.</summary>
    public const int Most = 10_000;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Dictionary<AuthorId, LinkedListNode<Entry>> _byAuthor = [];
    private readonly LinkedList<Entry> _byAge = [];

    /// <summary>Takes note of a post that was accepted.</summary>
    public void Add(CommentDraft draft)
    {
        if (draft is not { Identity: { } identity, Address: { } address }) return;
        var entry = new Entry(identity.Id, address, time.GetTimestamp());
        if (_byAuthor.TryGetValue(entry.Author, out var node))
        {
            _byAge.Remove(node);
            node.Value = entry;
        }
        else
        {
            _byAuthor[entry.Author] = node = new(entry);
        }

        _byAge.AddLast(node);
        Forget();
    }

    /// <summary>The id of the address of an author; the author's own if the author is an address; null if it is not known.</summary>
    public AuthorId? Find(AuthorId author)
    {
        Forget();
        return _byAuthor.TryGetValue(author, out var node) ? node.Value.Address : null;
    }

    private void Forget()
    {
        while (_byAge.First is { Value: var oldest } && (_byAge.Count > Most || time.GetElapsedTime(oldest.Since) > Kept))
        {
            _byAge.RemoveFirst();
            _byAuthor.Remove(oldest.Author);
        }
    }

    private readonly record struct Entry(AuthorId Author, AuthorId Address, long Since);
}
