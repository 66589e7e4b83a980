using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// The last entries of one video as ready event bytes. Each has a position, counted up from an arbitrary start; a viewer is a position
/// in here. A comment that was removed keeps its position, without bytes. Not safe for use by several threads.
/// </summary>
/// <param name="capacity">The most frames.</param>
/// <param name="end">The newest entry.</param>
/// <param name="forModerators">Whether comments are shown as moderators are shown them.</param>
internal sealed class CommentRing(int capacity, CommentId end, bool forModerators = false)
{
    private readonly List<long> _blanked = [];
    private Frame[] _frames = [];
    private int _first;

    /// <summary>
    /// Called when a removal has come: with its id, the positions of the comments whose bytes it took, and that of the frame that tells of
    /// it.
    /// </summary>
    public Action<CommentId, List<long>, long>? Removed { get; init; }

    /// <summary>The position of the oldest frame.</summary>
    public long Start { get; private set; }

    /// <summary>The position after the newest frame.</summary>
    public long End { get; private set; }

    /// <summary>
    /// The position from which on removals were told before their places and have not had them; after all positions if there are none.
    /// </summary>
    public long EarlyStart { get; private set; } = long.MaxValue;

    /// <summary>All entries with greater ids, up to <see cref="Last"/>, are here.</summary>
    public CommentId Floor { get; private set; } = end;

    /// <summary>Whether there is nothing older to read: the log begins here, or its old end was removed.</summary>
    public bool IsComplete { get; private set; } = end == CommentId.None;

    /// <summary>The newest entry, even if it is no longer in the ring.</summary>
    public CommentId Last { get; private set; } = end;

    /// <summary>How many frames there are.</summary>
    public int Count => (int)(End - Start);

    /// <summary>How many of them are comments that were not removed.</summary>
    public int Comments { get; private set; }

    /// <summary>Whether the next entry replaces the oldest frame.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The frame at a position from <see cref="Start"/> to before <see cref="End"/>.</summary>
    public ref readonly Frame this[long position] => ref _frames[Slot(position)];

    /// <summary>Adds a newer comment.</summary>
    public void Append(Comment comment)
    {
        Append(Frame.Of(Shown(comment)));
        Comments++;
    }

    /// <summary>Adds a newer removal, and takes the bytes of what it removes.</summary>
    public void Append(Removal removal)
    {
        Blank(removal);
        Append(Frame.Of(removal));
        TellRemoved(removal);
    }

    /// <summary>
    /// Takes the bytes of what a removal takes back whose place comes later, and tells of it here already. Whoever has had the newest entry
    /// is told, too.
    /// </summary>
    public void AppendEarly(Removal removal)
    {
        Blank(removal);
        EarlyStart = Math.Min(EarlyStart, End);
        Append(Frame.OfEarly(removal, Last));
        TellRemoved(removal);
    }

    /// <summary>All that was told early has had its place.</summary>
    public void EndEarly() => EarlyStart = long.MaxValue;

    /// <summary>Takes note that there is nothing to send up to an entry.</summary>
    public void Advance(CommentId last)
    {
        if (last > Last) Last = last;
    }

    /// <summary>
    /// Adds up to <paramref name="count"/> older comments in front, and the removals among them. The page must begin right below
    /// <see cref="Floor"/>, hold its removals, and have been read with a limit of one more than that. The one more is the new floor; if it
    /// is missing, the log begins here or the page ends early.
    /// </summary>
    public void Prepend(CommentPage page, int count)
    {
        var removals = page.Removals ?? [];
        var next = 0;
        foreach (var comment in page.Comments)
        {
            if (!PrependAbove(comment.Id)) return;
            if (IsFull || count-- == 0)
            {
                Floor = comment.Id;
                return;
            }

            Prepend(Frame.Of(Shown(comment)));
            Comments++;
        }

        if (!PrependAbove(CommentId.None)) return;
        if (page.NextCursor is { } end)
        {
            Floor = new(end.Value - 1);
            return;
        }

        IsComplete = true;
        // Who has less than this has missed what was removed because of its age.
        if (!page.Expired) Floor = CommentId.None;
        else if (Count > 0) Floor = new(this[Start].Id.Value - 1);

        bool PrependAbove(CommentId floor)
        {
            for (; next < removals.Count && removals[next].Id > floor; next++)
            {
                if (IsFull)
                {
                    Floor = removals[next].Id;
                    return false;
                }

                if (!removals[next].Removed.AreNone) Prepend(Frame.Of(removals[next]));
            }

            return true;
        }
    }

    /// <summary>Drops all frames and begins again after <paramref name="floor"/>: every viewer has missed something.</summary>
    public void Restart(CommentId floor)
    {
        Array.Clear(_frames);
        _first = 0;
        Start = ++End;
        Floor = Last = floor;
        IsComplete = false;
        Comments = 0;
        EarlyStart = long.MaxValue;
    }

    /// <summary>The position from which on there are so many comments, or as many as are here.</summary>
    public long PositionOfLast(int comments)
    {
        if (comments == 0) return End;
        if (comments >= Comments) return Start;
        var position = End;
        while (comments > 0)
            if (this[--position].IsComment) comments--;
        return position;
    }

    /// <summary>
    /// The position of the first entry after <paramref name="id"/>; before <see cref="Start"/> if that is not in the ring.
    /// </summary>
    public long PositionAfter(CommentId id)
    {
        if (id < Floor) return Start - 1;
        var (low, high) = (Start, End);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (!this[middle].IsAfter(id)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Append(in Frame frame)
    {
        if (IsFull)
        {
            (Floor, IsComplete) = (this[Start].Id, false);
            if (this[Start].IsComment) Comments--;
            _frames[_first] = default;
            _first = Slot(Start + 1);
            Start++;
        }

        MakeRoom();
        _frames[Slot(End++)] = frame;
        Last = frame.Id;
    }

    private void Prepend(in Frame frame)
    {
        MakeRoom();
        _first = (_first - 1 + _frames.Length) % _frames.Length;
        Start--;
        _frames[_first] = frame;
    }

    /// <summary>Takes the bytes of all comments that a removal takes back.</summary>
    private void Blank(Removal removal)
    {
        if (removal.Removed.Ids is { } ids)
        {
            foreach (var id in ids)
            {
                var position = PositionAfter(new(id.Value - 1));
                if (position >= Start && position < End && this[position].Id == id) Blank(position);
            }
        }
        else
        {
            for (var position = Math.Max(Start, PositionAfter(new(removal.Removed.From!.Value.Value - 1))); position < End; position++)
                if (removal.Removed.Include(this[position].Id, this[position].Author)) Blank(position);
        }
    }

    /// <summary>Takes the bytes of the comment at a position.</summary>
    private void Blank(long position)
    {
        ref var frame = ref _frames[Slot(position)];
        if (!frame.IsComment) return;
        frame = new(frame.Id, [], frame.Author, IsComment: false);
        Comments--;
        if (Removed is not null) _blanked.Add(position);
    }

    private void TellRemoved(Removal removal)
    {
        Removed?.Invoke(removal.Id, [.. _blanked], End - 1);
        _blanked.Clear();
    }

    private Comment Shown(Comment comment) => forModerators ? comment.ForModerators : comment;

    private int Slot(long position) => (int)((_first + (position - Start)) % _frames.Length);

    private void MakeRoom()
    {
        if (Count < _frames.Length) return;
        var frames = new Frame[Math.Min(capacity, Math.Max(4, Count * 2))];
        for (var i = 0; i < Count; i++) frames[i] = this[Start + i];
        (_frames, _first) = (frames, 0);
    }

    /// <summary>An entry ready to be sent.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Event">Its bytes; none if it is a comment that was removed.</param>
    /// <param name="Author">The person who wrote the comment, if that is known.</param>
    /// <param name="IsComment">Whether it is a comment that was not removed.</param>
    /// <param name="IsEarly">Whether it is no entry, but tells of one whose place comes later; the id is that of the entry before.</param>
    internal readonly record struct Frame(CommentId Id, byte[] Event, AuthorId? Author, bool IsComment, bool IsEarly = false)
    {
        /// <summary>The first entry that comes with it or after it: it is no entry itself where it is early.</summary>
        public CommentId First => IsEarly ? Id.Successor : Id;

        /// <summary>Whether somebody who has had all entries up to an id is to be sent it.</summary>
        public bool IsAfter(CommentId id) => Id > id || (IsEarly && Id == id);

        public static Frame Of(Comment comment) => new(comment.Id, SseEvent.Comment(comment), comment.AuthorId, IsComment: true);

        public static Frame Of(Removal removal) => new(removal.Id, SseEvent.Removal(removal), null, IsComment: false);

        public static Frame OfEarly(Removal removal, CommentId last) =>
            new(last, SseEvent.EarlyRemoval(removal), null, IsComment: false, IsEarly: true);
    }
}
