using System.Text.RegularExpressions;
using LiveComments.Firehose;
using LiveComments.Firehose.Redis;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Publishing;
using LiveComments.Silo.Cluster;
using LiveComments.Storage.DynamoDb;
using LiveComments.Storage.Orleans;
using LiveComments.Storage.PostgreSql;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Edge;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Pages;
using LiveComments.WebFrontend.Review;

namespace LiveComments.Silo.Tests;

/// <summary>
/// The document of all settings. Its prose is written by hand. Each of its tables stands between <c>&lt;!-- Class --&gt;</c> and
/// <c>&lt;!-- end --&gt;</c>, and is made from that class.
/// </summary>
internal static partial class SettingsDocument
{
    /// <summary>Every section, and the class that holds its settings. <c>Storage</c> has one for each store that reads it.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        ("Limits", typeof(LimitsOptions)),
        ("Streaming", typeof(StreamingOptions)),
        ("Http", typeof(HttpOptions)),
        ("Videos", typeof(VideosOptions)),
        ("Pages", typeof(PagesOptions)),
        ("Moderation", typeof(ModerationOptions)),
        ("Moderation:Words", typeof(WordsOptions)),
        ("Moderation:Capitals", typeof(CapitalsOptions)),
        ("Moderation:Repeats", typeof(RepeatsOptions)),
        ("Moderation:Hook", typeof(HookOptions)),
        ("Auth", typeof(AuthOptions)),
        ("Auth:Issuers:0", typeof(IssuerOptions)),
        ("Audit", typeof(AuditOptions)),
        ("Node", typeof(NodeOptions)),
        ("Operations", typeof(OperationsOptions)),
        ("Storage", typeof(SqliteOptions)),
        ("Storage", typeof(PostgreSqlOptions)),
        ("Storage", typeof(OrleansStorageOptions)),
        ("DynamoDb", typeof(DynamoDbOptions)),
        ("Firehose", typeof(FirehoseOptions)),
        ("Firehose:Webhook", typeof(FirehoseWebhookOptions)),
        ("Firehose:Redis", typeof(FirehoseRedisOptions)),
        ("Cluster", typeof(SubscriptionOptions)),
        ("Tls", typeof(ClusterTlsOptions)),
        ("Local", typeof(LocalClusterOptions)),
        ("Publishing", typeof(PublishingOptions)),
        ("Upstream", typeof(UpstreamOptions)),
    ];

    /// <summary>Sections without a class: their settings are described by hand.</summary>
    public static IReadOnlyList<string> ByHand { get; } = ["Orleans", "Role"];

    /// <summary>Where the document is in the checkout that the tests were built from.</summary>
    public static string Path { get; } = System.IO.Path.Combine(FindRoot(new(AppContext.BaseDirectory)), "docs", "settings.md");

    /// <summary>The classes whose tables the document has.</summary>
    public static IEnumerable<string> TablesIn(string document) => Table().Matches(document).Select(match => match.Groups["class"].Value);

    /// <summary>The document with its tables as the classes are now.</summary>
    public static string Renew(string document) => Table().Replace(document, match =>
    {
        var name = match.Groups["class"].Value;
        var (section, options) = Sections.Single(known => known.Options.Name == name);
        return $"<!-- {name} -->\n{new SettingsTable(section, options).ToMarkdown()}\n<!-- end -->";
    });

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "LiveComments.sln"))
            ? folder.FullName
            : FindRoot(folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout."));

    [GeneratedRegex(@"<!-- (?<class>\w+Options) -->\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
