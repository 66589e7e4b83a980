using System.Net;
using LiveComments.HttpContract;

namespace LiveComments.Silo.Tests;

/// <summary>Who sees the Orleans Dashboard and the operator page of a node that is silo and frontend: one guard for both.</summary>
public sealed class NodeOperatorTests : OperatorContract, IAsyncLifetime
{
    private readonly SmallCluster _cluster = new();

    protected override IReadOnlyList<string> Paths =>
        ["/dashboard/", "/dashboard/index.min.js", "/dashboard/DashboardCounters", "/ops", "/ops/events"];

    protected override Task<ServerProcess> StartAsync(params IEnumerable<string> settings) => _cluster.StartAsync("node", settings);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();
}

/// <summary>Who sees the Orleans Dashboard of a silo that serves no viewers.</summary>
public sealed class DashboardTests : OperatorContract, IAsyncLifetime
{
    private readonly SmallCluster _cluster = new();

    protected override IReadOnlyList<string> Paths =>
    [
        "/dashboard/", "/dashboard/index.html", "/dashboard/index.min.js", "/dashboard/index.css", "/dashboard/img/OrleansLogo.png",
        "/dashboard/DashboardCounters", "/dashboard/ClusterStats", "/dashboard/TopGrainMethods", "/dashboard/GrainTypes",
    ];

    protected override Task<ServerProcess> StartAsync(params IEnumerable<string> settings) => _cluster.StartAsync("silo", settings);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task It_runs_its_own_script_alone_and_lies_in_no_frame()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var path in Paths)
        {
            using var answer = await client.GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
            Assert.Contains("default-src 'none'", policy);
            Assert.Contains("script-src 'self'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task The_log_is_not_on_it()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var answer = await client.GetAsync("/dashboard/Trace", HttpCompletionOption.ResponseHeadersRead).InTime();
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_setting_leaves_it_out()
    {
        await using var server = await StartAsync("--Operations:Dashboard=false");
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var path in Paths)
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("silo", "Operations:Password", "too short")]
    [InlineData("frontend", "Operations:Password", "too short")]
    [InlineData("silo", "Operations:Dashboard", "sometimes")]
    [InlineData("node", "Dashboard:Password", "correct horse: battery")]
    [InlineData("frontend", "Dashboard:Password", "")]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it_and_what_to_set(string role, string name, string value)
    {
        var (exitCode, output) = await _cluster.RunAsync(role, $"--{name}={value}");

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output, line => line.Trim().Length > 0);
        Assert.Contains(name.Split(':')[0], line);
        Assert.Contains("Operations", line);
    }
}
