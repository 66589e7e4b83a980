using System.Runtime.InteropServices;

namespace LiveComments;

/// <summary>
/// So many posts a second, and as many at once after a pause: each moves the time of the next on by its part of a second, which may be a
/// second ahead at most. A limiter of .NET would be an object and a clock of its own for each video and person.
/// </summary>
/// <param name="perSecond">Posts a second; 0 = no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class PostPace(int perSecond, TimeProvider time)
{
    /// <summary>Whether there is a limit.</summary>
    public bool IsLimit => perSecond > 0;

    /// <summary>Whether the pace leaves room for a post of the one whose next turn this is.</summary>
    public bool TryTakeTurn(ref long nextTurn)
    {
        if (!IsLimit) return true;
        var (now, second) = (time.GetTimestamp(), time.TimestampFrequency);
        var turn = Math.Max(nextTurn, now);
        if (turn - now > second - (second / perSecond)) return false;
        nextTurn = turn + (second / perSecond);
        return true;
    }
}

/// <summary>The pace of each person who posted to a video just now. It is used in the turns of the video alone.</summary>
internal sealed class PersonPaces(int perSecond, TimeProvider time)
{
    private const int FewPersons = 64;

    private readonly PostPace _pace = new(perSecond, time);
    private readonly Dictionary<AuthorId, long> _nextTurns = [];
    private int _forgetAt = FewPersons;

    /// <summary>Whether the pace leaves room for a post of this person.</summary>
    public bool TryTakeTurn(AuthorId person)
    {
        if (!_pace.IsLimit) return true;
        if (_nextTurns.Count >= _forgetAt) Forget();
        return _pace.TryTakeTurn(ref CollectionsMarshal.GetValueRefOrAddDefault(_nextTurns, person, out _));
    }

    /// <summary>Forgets who may post at once. Who posted within the last second stays.</summary>
    private void Forget()
    {
        var now = time.GetTimestamp();
        foreach (var (person, turn) in _nextTurns)
            if (turn <= now) _nextTurns.Remove(person);
        _forgetAt = Math.Max(FewPersons, _nextTurns.Count * 2);
    }
}
