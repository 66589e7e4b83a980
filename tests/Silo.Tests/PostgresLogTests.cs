using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>Two nodes of the role <c>single</c> on one log in PostgreSQL, with nothing that sends a video to one of them alone.</summary>
public sealed class PostgresNodes : IAsyncLifetime
{
    private readonly NodePlace[] _nodes = [new(), new()];

    /// <summary>The server.</summary>
    public PostgresServer Postgres { get; } = new();

    /// <summary>The node that the contract runs against.</summary>
    public ContractTarget Target => new(_nodes[0].Address);

    /// <summary>The other one.</summary>
    public ContractTarget Other => new(_nodes[1].Address);

    /// <summary>The first node.</summary>
    public NodePlace First => _nodes[0];

    /// <summary>Starts the first node again.</summary>
    public Task StartAgainAsync() => StartAsync(_nodes[0]);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Postgres.InitializeAsync();
        // At once: one of them makes the tables.
        await Task.WhenAll(_nodes.Select(StartAsync));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    // The place names ports of a cluster, which this role refuses.
    private Task StartAsync(NodePlace node) => node.StartAloneAsync([.. Postgres.LogInTables(), .. ContractTarget.ReviewSettings]);
}

/// <summary>The contract over the log in PostgreSQL.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresNodesCollection : ICollectionFixture<PostgresNodes>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "postgres log";
}

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogPostTests(PostgresNodes nodes) : PostContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogTextTests(PostgresNodes nodes) : CommentTextContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogRepeatTests(PostgresNodes nodes) : RepeatContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogReplyTests(PostgresNodes nodes) : ReplyContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogPinTests(PostgresNodes nodes) : PinContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogHistoryTests(PostgresNodes nodes) : HistoryContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogReplayTests(PostgresNodes nodes) : ReplayContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogRemovalTests(PostgresNodes nodes) : RemovalContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogReceiptTests(PostgresNodes nodes) : ReceiptContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogBanTests(PostgresNodes nodes) : BanContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogErasureTests(PostgresNodes nodes) : ErasureContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogHeldTests(PostgresNodes nodes) : HeldContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogModesTests(PostgresNodes nodes) : ModesContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogLifeTests(PostgresNodes nodes) : LifeContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresLogAuditTests(PostgresNodes nodes) : AuditContract(nodes.Target);

[Collection(PostgresNodesCollection.Name), Trait("Needs", "postgresql")]
public sealed class PostgresOwnersTests(PostgresNodes nodes) : IDisposable
{
    private readonly CommentsClient _one = new(nodes.Target);
    private readonly CommentsClient _other = new(nodes.Other);

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Two_owners_at_once_write_one_log_and_lose_nothing()
    {
        var ledger = new PostLedger();
        await using var viewer = await FaithfulViewer.JoinAsync(_one, ledger.Video);
        await Task.WhenAll(new[] { _one, _other, _one, _other }.Select(async (client, i) =>
        {
            var poster = new FaithfulPoster(client, ledger, $"poster {i}");
            for (var post = 0; post < 50; post++) await poster.PostAsync();
        }));
        await new FaithfulPoster(_other, ledger, "the last").PostAsync();

        await viewer.SeesAsync("the last, post 0");
        var history = await _other.HistoryAsync(ledger.Video);
        ledger.AssertKeptIn(history);
        Assert.Equal(201, history.Count);
        Assert.Equal(history, viewer.Seen);
    }

    [Fact]
    public async Task A_node_that_is_killed_under_load_has_lost_and_doubled_nothing_when_it_is_back()
    {
        await using var crowd = await Crowd.GatherAsync(_one, posters: 8);
        for (var round = 1; round <= 3; round++)
        {
            await crowd.Acknowledged.ReachesAsync(crowd.Acknowledged.Count + 100);
            await nodes.First.Process.KillAsync();
            await nodes.StartAgainAsync();
        }

        await crowd.FinishAsync(_one);
    }

    [Fact]
    public async Task While_the_database_is_away_posts_are_503_and_the_log_says_so_once()
    {
        var ledger = new PostLedger();
        var video = ledger.Video;
        await _one.PostAsync(video, "before");
        await nodes.Postgres.KillAsync();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await _one.SendAsync(video, CommentsClient.Body("Ada", $"away {i}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        await nodes.First.Process.WritesAsync("The log cannot be written to PostgreSQL");
        Assert.Single(nodes.First.Process.Output, line => line.Contains("The log cannot be written to PostgreSQL", StringComparison.Ordinal));
        await nodes.Postgres.StartAsync();
        await new FaithfulPoster(_one, ledger, "after").PostAsync();
        Assert.Equal(["after, post 0", "before"], (await _one.HistoryAsync(video)).Select(comment => comment.Message).Order());
    }
}
