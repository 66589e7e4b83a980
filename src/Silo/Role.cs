using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>What this process is: the setting <c>Role</c>.</summary>
internal enum Role
{
    /// <summary>Owns all videos, and serves their viewers. The default.</summary>
    Single,

    /// <summary>A node of a cluster that owns videos and serves viewers.</summary>
    Node,

    /// <summary>A node of a cluster that owns videos and serves no viewers.</summary>
    Silo,

    /// <summary>A client of a cluster: serves viewers and owns nothing.</summary>
    Frontend,

    /// <summary>Serves viewers of videos that it follows at an upstream.</summary>
    Edge,
}

/// <summary>Reads the role, and says what it has.</summary>
internal static class Roles
{
    /// <summary>Reads the setting <c>Role</c>.</summary>
    /// <exception cref="SettingsException">There is no such role.</exception>
    public static Role ReadRole(this IConfiguration configuration)
    {
        if (configuration["Role"] is not { } name) return Role.Single;
        return Enum.TryParse<Role>(name, ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsDigit(name[0])
            ? role
            : throw new SettingsException(
                $"Setting Role: \"{name}\" is not a role. Use {string.Join(", ", Enum.GetValues<Role>().Select(Name))}.");
    }

    /// <summary>The role's name in the settings.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Whether it owns videos, and so has a store.</summary>
    public static bool OwnsVideos(this Role role) => role is Role.Single or Role.Node or Role.Silo;

    /// <summary>Whether it serves viewers.</summary>
    public static bool ServesViewers(this Role role) => role is not Role.Silo;

    /// <summary>Whether it is a part of a cluster.</summary>
    public static bool IsInCluster(this Role role) => role is Role.Node or Role.Silo or Role.Frontend;
}
