namespace LiveComments.Silo;

/// <summary>Who may see the Orleans Dashboard: the section <c>Dashboard</c>.</summary>
public sealed record DashboardSettings
{
    /// <summary>The password under which it may be seen from anywhere, with any user name. Without one, from this machine alone.</summary>
    public string? Password { get; init; }
}
