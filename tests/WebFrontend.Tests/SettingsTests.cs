using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>What the settings promise, on the real program.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("Limits:PostsPerSecond", "-1")]
    [InlineData("Limits:PostsPerSecond", "many")]
    [InlineData("Limits:MaxViewers", "-1")]
    [InlineData("Limits:MaxViewers", "1.5")]
    [InlineData("Streaming:Replay", "-1")]
    [InlineData("Streaming:MaxFlushIntervalMs", "-1")]
    [InlineData("Streaming:MaxFlushIntervalMs", "soon")]
    [InlineData("Storage:Path", "")]
    [InlineData("Storage:RetentionDays", "-1")]
    [InlineData("Node:Name", "no name")]
    [InlineData("Http:TrustedProxies:0", "nobody")]
    [InlineData("Http:AllowedOrigins:0", "nowhere")]
    [InlineData("Http:EmbedParents:0", "https://example.org/path")]
    [InlineData("Http:EmbedParents:0", "https://example.org; script-src *")]
    [InlineData("Videos:Private:0", "no id")]
    [InlineData("Auth:Guests", "perhaps")]
    [InlineData("Auth:GuestKey", "c2hvcnQ=")]
    [InlineData("Auth:GuestKeyFile", "/nowhere/guest.key")]
    [InlineData("Auth:SignInUrl", "sign-in")]
    [InlineData("Audit:Key", "no PEM")]
    [InlineData("Audit:KeyFile", "/nowhere/audit.key")]
    public async Task A_wrong_value_stops_the_start_with_one_line_that_names_the_setting(string name, string value)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, _database.Setting, $"--{name}={value}");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(name.Replace(":0", "", StringComparison.Ordinal), Assert.Single(output, line => line.Trim().Length > 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Setting Limits:PostsPerSeconds: unknown.", "--Limits:PostsPerSeconds=5")]
    [InlineData("Setting Limit: unknown.", "--Limit:PostsPerSecond=0")]
    [InlineData("Setting Role: ", "--Role=embedded")]
    [InlineData("Setting Role: ", "--Role=1")]
    [InlineData("Setting Upstream: ", "--Upstream:TimeoutSeconds=5")]
    [InlineData("Setting Orleans: ", "--Orleans:ServiceId=a")]
    [InlineData("Setting Storage: ", "--Role=edge", "--Upstream:Address=http://127.0.0.1:1")]
    [InlineData("Setting DynamoDb: ", "--DynamoDb:Table=comments")]
    [InlineData("Setting DynamoDb:TimeoutMs: ", "--Storage:Provider=dynamodb", "--DynamoDb:TimeoutMs=0")]
    [InlineData("Setting DynamoDb:ServiceUrl: ", "--Storage:Provider=dynamodb", "--DynamoDb:ServiceUrl=nowhere")]
    [InlineData("Setting Storage:Provider: ", "--Storage:Provider=comments")]
    [InlineData("Setting Storage:Provider: ", "--Storage:Provider=orleans")]
    [InlineData("Setting Storage:RetentionDays: the store dynamodb removes no comments.", "--Storage:Provider=dynamodb", "--Storage:RetentionDays=30")]
    [InlineData("Setting Dashboard: ", "--Dashboard:Password=correct horse battery")]
    [InlineData("Setting Streams: ", "--Streams:Provider=queue")]
    [InlineData("Setting Auth:Issuer: unknown.", "--Auth:Issuer=https://example.org")]
    [InlineData("Setting Auth:Issuers:0:Video: unknown.", "--Auth:Issuers:0:Video=show-*")]
    [InlineData("Setting Auth:Issuers:0:Issuer: ", "--Auth:Issuers:0:Audience=a")]
    [InlineData("Setting Auth:Issuers:0:JwksUri: ", "--Auth:Issuers:0:Issuer=i", "--Auth:Issuers:0:Audience=a")]
    [InlineData("Setting Auth:Issuers:0:JwksUri: ", "--Auth:Issuers:0:Issuer=i", "--Auth:Issuers:0:Audience=a", "--Auth:Issuers:0:JwksUri=http://example.org/")]
    [InlineData("Setting Auth:Issuers:0:Key: ", "--Auth:Issuers:0:Issuer=i", "--Auth:Issuers:0:Audience=a", "--Auth:Issuers:0:Key=c2hvcnQ=")]
    [InlineData("Setting Auth:Issuers:0:PublicKeyPath: ", "--Auth:Issuers:0:Issuer=i", "--Auth:Issuers:0:Audience=a", "--Auth:Issuers:0:PublicKeyPath=/nowhere")]
    [InlineData("Setting Auth:GuestKey: ", "--Storage:Provider=dynamodb", "--DynamoDb:ServiceUrl=http://127.0.0.1:1", "--Auth:Guests=allow")]
    [InlineData("Setting Upstream:TokenFile: ", "--Role=edge", "--Upstream:Address=http://127.0.0.1:1", "--Upstream:TokenFile=/nowhere")]
    [InlineData("Setting Moderation:Words: ", "--Role=edge", "--Upstream:Address=http://127.0.0.1:1", "--Upstream:TokenFile=/nowhere", "--Moderation:Words:List:0=bad")]
    [InlineData("Setting Moderation:Words:File: ", "--Moderation:Words:File=/nowhere")]
    [InlineData("Setting Moderation:Words:Word: unknown.", "--Moderation:Words:Word=bad")]
    [InlineData("Setting Moderation:Capitals:Percent: ", "--Moderation:Capitals:Percent=101")]
    [InlineData("Setting Moderation:Hook:Secret: ", "--Moderation:Hook:Url=http://127.0.0.1:1/")]
    [InlineData("Setting Moderation:Hook:Secret: ", "--Moderation:Hook:Url=http://127.0.0.1:1/", "--Moderation:Hook:Secret=whsec_c2hvcnQ=")]
    [InlineData("Setting Moderation:Hook:Url: ", "--Moderation:Hook:Url=ftp://example.org/", "--Moderation:Hook:Secret=whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public async Task A_setting_that_nothing_would_read_stops_the_start_with_one_line_that_names_it(
        string complaint, params string[] settings)
    {
        string[] path = settings.Any(setting => setting.Contains("dynamodb", StringComparison.Ordinal) || setting.Contains("TokenFile", StringComparison.Ordinal)) ? [] : [_database.Setting];
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, [.. path, .. settings]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith(complaint, Assert.Single(output, line => line.Trim().Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_is_logged_with_what_was_started_and_a_misspelt_section_of_the_environment()
    {
        var environment = new Dictionary<string, string> { ["Limit__PostsPerSecond"] = "0" };
        await using var server = await ServerProcess.StartAsync(TemporaryDatabase.Program, environment, _database.Setting);

        await server.WritesAsync("Role: single. Store: sqlite.");
        await server.WritesAsync("Nothing reads the section Limit");
    }

    [Fact]
    public async Task At_the_cap_a_viewer_is_refused_until_another_leaves()
    {
        await using var server = await _database.ServeAsync("--Limits:MaxViewers=2");
        using var client = new CommentsClient(new(server.Address));
        using var staying = await client.WatchAsync(_video);
        using (await client.WatchAsync(CommentsClient.NewVideo()))
        {
            using var refused = await client.OpenStreamAsync(_video);
            Assert.NotNull(refused.Headers.RetryAfter);
            await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, refused);
        }

        await AcceptedInTheEndAsync();

        async Task AcceptedInTheEndAsync()
        {
            using var patience = new CancellationTokenSource(Patience.Limit);
            HttpStatusCode status;
            do
            {
                patience.Token.ThrowIfCancellationRequested();
                using var answer = await client.OpenStreamAsync(_video);
                status = answer.StatusCode;
            }
            while (status == HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, status);
        }
    }

    [Fact]
    public async Task An_allowed_origin_may_use_the_API_and_no_other()
    {
        const string Allowed = "https://example.org";
        await using var server = await _database.ServeAsync($"--Http:AllowedOrigins:0={Allowed}");
        using var client = new CommentsClient(new(server.Address));

        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Post, ""));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Get, ""));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Get, "/stream"));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Options, ""));
        Assert.Null(await AllowedOriginAsync("https://example.net", HttpMethod.Get, ""));
        Assert.Null(await AllowedOriginAsync("https://example.net", HttpMethod.Options, ""));

        async Task<string?> AllowedOriginAsync(string origin, HttpMethod method, string rest)
        {
            using var request = new HttpRequestMessage(method, $"/comments/{_video}{rest}") { Headers = { { "Origin", origin } } };
            if (method == HttpMethod.Post)
                request.Content = CommentsClient.Body("Ada", "Hello");
            if (method == HttpMethod.Options)
            {
                request.Headers.Add("Access-Control-Request-Method", "POST");
                request.Headers.Add("Access-Control-Request-Headers", "content-type,idempotency-key");
            }

            using var answer = await client.Posts.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.IsSuccessStatusCode || method == HttpMethod.Options);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? Assert.Single(values) : null;
        }
    }
}
