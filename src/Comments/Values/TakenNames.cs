namespace LiveComments;

/// <summary>
/// Names that belong to somebody, as readers see them: see <see cref="LookAlikes"/>. The last <paramref name="capacity"/> are kept.
/// </summary>
/// <param name="capacity">How many.</param>
internal sealed class TakenNames(int capacity)
{
    private readonly Dictionary<string, AuthorId?> _owners = [];
    private readonly Queue<(string First, string Second)> _order = [];

    /// <summary>Gives a name to a person; null = to nobody that has an id here.</summary>
    public void Add(string name, AuthorId? owner)
    {
        var forms = LookAlikes.FormsOf(name);
        if (_owners.ContainsKey(forms.First) && _owners.ContainsKey(forms.Second)) return;
        if (_order.Count == capacity)
        {
            var oldest = _order.Dequeue();
            _owners.Remove(oldest.First);
            _owners.Remove(oldest.Second);
        }

        _order.Enqueue(forms);
        _owners.TryAdd(forms.First, owner);
        _owners.TryAdd(forms.Second, owner);
    }

    /// <summary>Whether a name, or one that looks like it, belongs to somebody else than this author.</summary>
    public bool IsTaken(string name, AuthorId? author)
    {
        if (_owners.Count == 0) return false;
        var forms = LookAlikes.FormsOf(name);
        return IsOfAnother(forms.First) || IsOfAnother(forms.Second);

        bool IsOfAnother(string form) => _owners.TryGetValue(form, out var owner) && (owner is null || owner != author);
    }
}
