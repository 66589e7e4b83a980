using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>Settings under which a node must not start, for it would join another cluster or lose comments.</summary>
public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("Orleans:ServiceId", "--Orleans:Clustering:ProviderType=Redis", "--Orleans:ClusterId=a")]
    [InlineData("Orleans:ClusterId", "--Orleans:Clustering:ProviderType=Redis", "--Orleans:ServiceId=a")]
    [InlineData("Orleans:ServiceId", "--Storage:Provider=orleans", "--Orleans:GrainStorage:comments:ProviderType=AdoNet")]
    [InlineData("Orleans:ServiceId", "--role=frontend", "--Orleans:Clustering:ProviderType=AdoNet", "--Orleans:ServiceId= ")]
    [InlineData(
        "Orleans:GrainStorage:comments:ProviderType", "--Storage:Provider=orleans", "--Orleans:GrainStorage:comments:ProviderType=Redis",
        "--Orleans:ServiceId=a", "--Orleans:ClusterId=a")]
    [InlineData(
        "Orleans:GrainStorage:comments:ProviderType", "--Orleans:GrainStorage:comments:ProviderType=AdoNet", "--Orleans:ServiceId=a",
        "--Orleans:ClusterId=a")]
    [InlineData(
        "Orleans:GrainStorage:log:ProviderType", "--Storage:Provider=orleans", "--Storage:GrainStorage=log", "--Orleans:GrainStorage:log:ProviderType=redis",
        "--Orleans:ServiceId=a", "--Orleans:ClusterId=a")]
    public async Task A_node_does_not_start_without_its_names_or_with_a_log_that_forgets(string setting, params string[] arguments)
    {
        var (exitCode, lines) = await ServerProcess.RunAsync(NodePlace.Program, ["--Role=node", .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Setting {setting}: ", Assert.Single(lines));
    }
}

/// <summary>The key that makes a guest of one node a guest of all.</summary>
public sealed class ClusterGuestKeyTests
{
    [Theory]
    [InlineData("frontend")]
    [InlineData("node", "--Storage:Provider=orleans", "--Orleans:GrainStorage:comments:ProviderType=AzureBlobStorage")]
    public async Task A_cluster_does_not_start_without_it(string role, params string[] settings)
    {
        var (exitCode, lines) = await ServerProcess.RunAsync(
            NodePlace.Program, [$"--Role={role}", "--Orleans:ServiceId=a", "--Orleans:ClusterId=a", .. settings]);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(lines);
        Assert.StartsWith("Setting Auth:GuestKey: ", line);
        Assert.Contains("Auth:Guests=deny", line);
    }
}

/// <summary>Two services in one database.</summary>
[Trait("Needs", "postgresql")]
public sealed class TwoServicesTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Services_that_share_a_database_share_no_log()
    {
        await using var one = new TestSite(postgres);
        await using var other = new TestSite(postgres);
        using var ofOne = new CommentsClient(new((await one.StartAsync("node")).Address));
        using var ofOther = new CommentsClient(new((await other.StartAsync("node")).Address));

        var posted = await ofOne.PostAsync("demo", "One");
        Assert.Empty((await ofOther.PageAsync("demo")).Comments);
        var postedOther = await ofOther.PostAsync("demo", "Other");

        Assert.Equal([posted], await ofOne.HistoryAsync("demo"));
        Assert.Equal([postedOther], await ofOther.HistoryAsync("demo"));
    }
}
