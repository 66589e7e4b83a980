using System.Net;
using LiveComments.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace LiveComments.Silo.Tests;

/// <summary>The statements of <c>deploy/cluster/postgresql.sql</c> by which Orleans clears the membership table.</summary>
[Trait("Needs", "postgresql")]
public sealed class MembershipTableTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateTime LongAgo = DateTime.UtcNow.AddDays(-1);
    private static readonly DateTime Lately = DateTime.UtcNow;

    [Fact]
    public async Task Only_silos_that_died_long_ago_are_cleared_away()
    {
        using var host = BuildHost();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true).InTime();
        foreach (var status in Enum.GetValues<SiloStatus>().Where(status => status != SiloStatus.None)) await AddAsync(table, status, LongAgo);
        await AddAsync(table, SiloStatus.Dead, Lately);
        await AddAsync(table, SiloStatus.Dead, LongAgo, suspected: LongAgo);
        await AddAsync(table, SiloStatus.Dead, LongAgo, suspected: Lately);

        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddHours(-1)).InTime();

        var left = (await table.ReadAllAsync().InTime()).Members.Select(member => member.Item1.Status).Order();
        Assert.Equal(
            [SiloStatus.Created, SiloStatus.Joining, SiloStatus.Active, SiloStatus.ShuttingDown, SiloStatus.Stopping, SiloStatus.Dead, SiloStatus.Dead],
            left);
    }

    private static async Task AddAsync(IMembershipTable table, SiloStatus status, DateTime time, DateTime? suspected = null)
    {
        var members = await table.ReadAllAsync().InTime();
        var silo = SiloAddress.New(IPAddress.Loopback, 11_111, members.Members.Count + 1);
        var entry = new MembershipEntry
        {
            SiloAddress = silo,
            Status = status,
            StartTime = time,
            IAmAliveTime = time,
            ProxyPort = 30_000,
            SiloName = $"{silo}",
            HostName = "localhost",
        };
        Assert.True(await table.InsertRowAsync(entry, members.Version.Next()).InTime());
        if (suspected is null) return;

        members = await table.ReadAllAsync().InTime();
        entry.AddSuspector(silo, suspected.Value);
        Assert.True(await table.UpdateRowAsync(entry, members.TryGet(silo)!.Item2, members.Version.Next()).InTime());
    }

    private IHost BuildHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("livecomments", "table"))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", postgres.ConnectionString)));
        return builder.Build();
    }
}
