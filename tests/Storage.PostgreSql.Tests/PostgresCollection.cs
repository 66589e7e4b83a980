using LiveComments.Postgres;

namespace LiveComments.Storage.PostgreSql.Tests;

/// <summary>One server for all classes that leave it alone.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "postgres";
}
