using LiveComments.WebFrontend.Review;
using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace LiveComments.Silo;

/// <summary>
/// Refuses settings that this process would not read: misspelt sections, old names, and sections of other roles and stores.
/// </summary>
internal static class SettingsCheck
{
    private static readonly string[] OfEveryRole =
        ["Audit", "Auth", "Http", "Limits", "Moderation", "Node", "Operations", "Pages", "Role", "Streaming", "Videos"];
    private static readonly string[] OfOwners = ["DynamoDb", "Firehose", "Storage"];
    private static readonly string[] OfClusters = ["Cluster", "Local", "Orleans", "Publishing", "Tls"];
    private static readonly string[] OfEdges = ["Upstream"];

    // What ASP.NET Core, .NET and OpenTelemetry read.
    private static readonly string[] OfLibraries =
    [
        "AllowedHosts", "ApplicationName", "ConnectionStrings", "ContentRoot", "DetailedErrors", "Environment", "Http_Ports", "Https_Ports",
        "Kestrel", "Logging", "ShutdownTimeoutSeconds", "Urls",
    ];

    private static readonly string[] LibraryPrefixes = ["ASPNETCORE_", "DOTNET_", "OTEL_"];

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["Dashboard"] = "Operations:Password opens /dashboard as well",
        ["Streams"] = "it is Publishing now",
    };

    /// <summary>The sections that this program reads, of all roles and stores.</summary>
    public static IEnumerable<string> Ours => [.. OfEveryRole, .. OfOwners, .. OfClusters, .. OfEdges];

    /// <summary>Checks the names of all sections.</summary>
    /// <exception cref="SettingsException">One of them would not be read.</exception>
    public static void Check(IConfigurationManager configuration, Role role)
    {
        foreach (var (section, advice) in Renamed)
            if (configuration.GetSection(section).Exists()) throw new SettingsException(
                $"Setting {section}: there is no such section; {advice}.");

        if (!role.OwnsVideos()) Refuse(configuration, OfOwners, "single, node and silo", role);
        if (!role.IsInCluster()) Refuse(configuration, OfClusters, "node, silo and frontend", role);
        if (role != Role.Edge) Refuse(configuration, OfEdges, "edge", role);
        // Where posts are not taken they are not reviewed. An edge passes them on, with those of others.
        if (role is Role.Edge or Role.Silo)
            Refuse(configuration, [.. ReviewServices.Sections.Select(name => $"Moderation:{name}")], "single, node and frontend", role);
        if (configuration.GetSection("DynamoDb").Exists() && configuration.ReadStore() != "dynamodb")
            throw new SettingsException(
                "Setting DynamoDb: only the store dynamodb reads this section. Set Storage:Provider=dynamodb, or remove it.");

        var unknown = ((IConfigurationRoot)configuration).Providers
            .Where(provider => provider is CommandLineConfigurationProvider or JsonConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], null))
            .FirstOrDefault(name => !IsKnown(name));
        if (unknown is not null) throw new SettingsException(
            $"Setting {unknown}: unknown. Known sections: {string.Join(", ", Ours.Order())}.");
    }

    /// <summary>
    /// Sections that only environment variables set, and nothing here reads. Variables of other programs look the same, so they do not stop
    /// the start.
    /// </summary>
    public static IEnumerable<string> FindUnread(IConfiguration configuration) =>
        configuration.GetChildren().Where(section => section.GetChildren().Any() && !IsKnown(section.Key)).Select(section => section.Key);

    private static bool IsKnown(string name) =>
        Ours.Concat(OfLibraries).Contains(name, StringComparer.OrdinalIgnoreCase)
        || LibraryPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Refuse(IConfiguration configuration, string[] sections, string roles, Role role)
    {
        if (sections.FirstOrDefault(section => configuration.GetSection(section).Exists()) is not { } found) return;
        throw new SettingsException(
            $"Setting {found}: only the roles {roles} read this section, and this process is {role.Name()}. "
            + "Set another Role, or remove it.");
    }
}
