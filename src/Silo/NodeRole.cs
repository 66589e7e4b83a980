using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>What a process is in the cluster: the setting <c>Role</c>, on the command line <c>--role</c>.</summary>
/// <param name="OwnsVideos">Whether it is a silo, on which live videos are placed.</param>
/// <param name="ServesViewers">Whether it is a web frontend.</param>
internal sealed record NodeRole(bool OwnsVideos, bool ServesViewers)
{
    /// <summary>Reads the role; <c>node</c> where none is set.</summary>
    /// <exception cref="SettingsException">There is no such role.</exception>
    public static NodeRole Read(IConfiguration configuration) => (configuration["Role"] ?? "node") switch
    {
        "node" => new(OwnsVideos: true, ServesViewers: true),
        "silo" => new(OwnsVideos: true, ServesViewers: false),
        "frontend" => new(OwnsVideos: false, ServesViewers: true),
        var other => throw new SettingsException($"Setting Role: there is no role \"{other}\"; use node, silo or frontend."),
    };
}
