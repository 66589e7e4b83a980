using LiveComments.HttpContract;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster with Redis as membership: a telling part of the contract, and what every cluster is held to.</summary>
[CollectionDefinition(Name)]
public sealed class RedisClusterCollection : ICollectionFixture<RedisCluster>
{
    /// <summary>The name of the collection: one cluster for all its classes.</summary>
    public const string Name = "redis cluster";
}

[Collection(RedisClusterCollection.Name), Trait("Needs", "redis"), Trait("Needs", "postgresql")]
public sealed class RedisPostTests(RedisCluster cluster) : PostContract(cluster.Target);

[Collection(RedisClusterCollection.Name), Trait("Needs", "redis"), Trait("Needs", "postgresql")]
public sealed class RedisStreamTests(RedisCluster cluster) : StreamContract(cluster.Target);

[Collection(RedisClusterCollection.Name), Trait("Needs", "redis"), Trait("Needs", "postgresql")]
public sealed class RedisResumeTests(RedisCluster cluster) : ResumeContract(cluster.Target);

[Collection(RedisClusterCollection.Name), Trait("Needs", "redis"), Trait("Needs", "postgresql")]
public sealed class RedisFailoverTests(RedisCluster cluster, ITestOutputHelper output) : FailoverTests(cluster, output);
