using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// The last comments of one video as ready event bytes. Each has a position, counted up from an arbitrary start; a viewer is a position
/// in here. Not safe for use by several threads.
/// </summary>
internal sealed class CommentRing(int capacity, CommentId end)
{
    private Frame[] _frames = [];
    private int _first;

    /// <summary>The position of the oldest frame.</summary>
    public long Start { get; private set; }

    /// <summary>The position after the newest frame.</summary>
    public long End { get; private set; }

    /// <summary>All comments with greater ids, up to <see cref="Last"/>, are here.</summary>
    public CommentId Floor { get; private set; } = end;

    /// <summary>The newest comment, also where it is no longer here.</summary>
    public CommentId Last { get; private set; } = end;

    /// <summary>How many frames there are.</summary>
    public int Count => (int)(End - Start);

    /// <summary>Whether the oldest frame goes when another comes.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The frame at a position from <see cref="Start"/> to before <see cref="End"/>.</summary>
    public ref readonly Frame this[long position] => ref _frames[Slot(position)];

    /// <summary>Adds a newer comment.</summary>
    public void Append(Comment comment)
    {
        if (IsFull)
        {
            Floor = this[Start].Id;
            _frames[_first] = default;
            _first = Slot(Start + 1);
            Start++;
        }

        MakeRoom();
        _frames[Slot(End++)] = new(comment.Id, SseEvent.Comment(comment));
        Last = comment.Id;
    }

    /// <summary>
    /// Adds up to <paramref name="count"/> older comments in front. The page must end right below <see cref="Floor"/> and have been read
    /// with a limit of one more than that: the one too many is the new floor, and where there is none the log begins here.
    /// </summary>
    public void Prepend(CommentPage page, int count)
    {
        foreach (var comment in page.Comments)
        {
            if (IsFull || count-- == 0)
            {
                Floor = comment.Id;
                return;
            }

            MakeRoom();
            _first = (_first - 1 + _frames.Length) % _frames.Length;
            Start--;
            _frames[_first] = new(comment.Id, SseEvent.Comment(comment));
        }

        Floor = CommentId.None;
    }

    /// <summary>Lets all frames go and begins again after <paramref name="floor"/>: every viewer has missed something.</summary>
    public void Restart(CommentId floor)
    {
        Array.Clear(_frames);
        _first = 0;
        Start = ++End;
        Floor = Last = floor;
    }

    /// <summary>The position of the first comment after <paramref name="id"/>; before <see cref="Start"/> where that is not here.</summary>
    public long PositionAfter(CommentId id)
    {
        if (id < Floor) return Start - 1;
        var (low, high) = (Start, End);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (this[middle].Id <= id) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private int Slot(long position) => (int)((_first + (position - Start)) % _frames.Length);

    private void MakeRoom()
    {
        if (Count < _frames.Length) return;
        var frames = new Frame[Math.Min(capacity, Math.Max(4, Count * 2))];
        for (var i = 0; i < Count; i++) frames[i] = this[Start + i];
        (_frames, _first) = (frames, 0);
    }

    /// <summary>A comment ready to be sent.</summary>
    internal readonly record struct Frame(CommentId Id, byte[] Event);
}
