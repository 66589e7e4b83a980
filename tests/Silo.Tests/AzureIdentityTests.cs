using LiveComments.Azurite;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>A node that reaches Azure Storage as whoever it runs as: by a <c>ServiceUri</c>, without a secret in its settings.</summary>
public sealed class AzureIdentityTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");
    private static readonly string[] Node =
    [
        "--Role=node", "--Storage:Provider=orleans", "--Orleans:ServiceId=livecomments", "--Orleans:ClusterId=tests",
        ContractTarget.Issuer.GuestKeySetting,
    ];

    [Theory]
    [InlineData("AzureTableStorage")]
    [InlineData("AzureBlobStorage")]
    [Trait("Needs", "azurite")]
    public async Task A_node_with_a_managed_identity_keeps_membership_and_log_under_its_tokens(string log)
    {
        await using var tokens = await TokenService.StartAsync();
        var azurite = new AzuriteServer { TakesTokens = true };
        try
        {
            await azurite.InitializeAsync();
            var environment = new Dictionary<string, string>(tokens.Environment) { ["SSL_CERT_FILE"] = azurite.CertificatePath };
            await using var node = await ServerProcess.StartAsync(
                Program,
                environment,
                [
                    .. Node, "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
                    $"--Orleans:Endpoints:SiloPort={FreePort.Next()}", $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}",
                    "--Orleans:Clustering:ProviderType=AzureTableStorage", $"--Orleans:Clustering:ServiceUri={azurite.Tables}",
                    $"--Orleans:GrainStorage:comments:ProviderType={log}", "--Orleans:GrainStorage:comments:ContainerName=livecomments",
                    $"--Orleans:GrainStorage:comments:ServiceUri={(log == "AzureTableStorage" ? azurite.Tables : azurite.Blobs)}",
                ]);

            using var client = new CommentsClient(new(node.Address));
            var video = CommentsClient.NewVideo();
            var posted = await client.PostAsync(video);

            Assert.Equal([posted], await client.HistoryAsync(video));
            Assert.NotEqual(0, tokens.Tokens);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Clustering", "AzureTableStorage", "nonsense", "this is no address")]
    [InlineData("Clustering", "AzureTableStorage", "http://127.0.0.1:10002/devstoreaccount1", "this is no address")]
    [InlineData("GrainStorage:comments", "AzureBlobStorage", "https://example.blob.core.windows.net/?sig=secret", "this is no address")]
    [InlineData("GrainStorage:comments", "AdoNet", "https://example.blob.core.windows.net", "only AzureTableStorage and AzureBlobStorage")]
    public Task A_wrong_address_stops_the_start_with_one_line(string section, string type, string uri, string complaint) =>
        IsRefusedAsync(
            $"Setting Orleans:{section}:ServiceUri: ",
            complaint,
            $"--Orleans:{section}:ProviderType={type}",
            $"--Orleans:{section}:ServiceUri={uri}");

    [Fact]
    public Task An_address_beside_a_connection_string_stops_the_start_with_one_line() =>
        IsRefusedAsync(
            "Setting Orleans:Clustering:ServiceUri: ",
            "remove one of the two",
            "--Orleans:Clustering:ProviderType=AzureTableStorage",
            "--Orleans:Clustering:ServiceUri=https://example.table.core.windows.net",
            "--Orleans:Clustering:ConnectionString=UseDevelopmentStorage=true");

    [Fact]
    public Task Segments_that_with_an_append_are_larger_than_an_entity_stop_the_start_with_one_line() =>
        IsRefusedAsync(
            "Setting Storage:SegmentBytes: ",
            "at most 122,880",
            "--Storage:SegmentBytes=122881",
            "--Orleans:GrainStorage:comments:ProviderType=AzureTableStorage",
            "--Orleans:GrainStorage:comments:ConnectionString=UseDevelopmentStorage=true");

    private static async Task IsRefusedAsync(string setting, string complaint, params string[] settings)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(Program, [.. Node, .. settings]);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output);
        Assert.StartsWith(setting, line);
        Assert.Contains(complaint, line);
    }
}
