namespace LiveComments.WebFrontend.Identity;

/// <summary>The names of the setting <c>Auth:ReservedNames</c>, which nobody may take whose token does not have them.</summary>
internal sealed class ReservedNames
{
    private readonly TakenNames _names;

    public ReservedNames(AuthOptions settings)
    {
        _names = new(Math.Max(1, settings.ReservedNames.Count));
        foreach (var name in settings.ReservedNames) _names.Add(name, null);
    }

    /// <summary>Whether a name is one of them, or looks like one.</summary>
    public bool Include(string name) => _names.IsTaken(name, null);
}
