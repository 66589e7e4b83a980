using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>What a node is told of a PostgreSQL.</summary>
internal static class PostgresSettings
{
    /// <summary>Settings by which nodes find each other there.</summary>
    public static IEnumerable<string> Membership(this PostgresServer server) => Of(server, "Clustering");

    /// <summary>Settings by which they keep the log there, in tables of their own.</summary>
    public static IEnumerable<string> LogInTables(this PostgresServer server) =>
        ["--Storage:Provider=postgresql", $"--Storage:ConnectionString={server.ConnectionString}"];

    /// <summary>Settings by which they keep the log there, in Orleans' grain storage.</summary>
    public static IEnumerable<string> Log(this PostgresServer server) =>
        ["--Storage:Provider=orleans", .. Of(server, "GrainStorage:comments")];

    private static string[] Of(PostgresServer server, string section) =>
    [
        $"--Orleans:{section}:ProviderType=AdoNet", $"--Orleans:{section}:Invariant=Npgsql",
        $"--Orleans:{section}:ConnectionString={server.ConnectionString}",
    ];
}
