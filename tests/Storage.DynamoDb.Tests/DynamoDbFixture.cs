using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace LiveComments.Storage.DynamoDb.Tests;

/// <summary>A real DynamoDB protocol server, with a proxy in front that lets requests fail, and stores on it.</summary>
public sealed class DynamoDbFixture : IAsyncLifetime
{
    private Dynalite _dynalite = null!;

    public FaultProxy Proxy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _dynalite = await Dynalite.StartAsync();
        Proxy = await FaultProxy.StartAsync(_dynalite.Address);
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _dynalite.DisposeAsync();
    }

    public DynamoDbOptions Settings(string table) => new() { Table = table, ServiceUrl = $"{Proxy.Address}", CreateTable = true };

    public static AmazonDynamoDBClient Client(DynamoDbOptions settings) =>
        new(new BasicAWSCredentials("local", "local"), settings.ToClientConfig());

    /// <summary>A store on a table, which is made where it is missing.</summary>
    public async Task<DynamoDbCommentStore> OpenAsync(string table, int timeoutMs = 10_000)
    {
        var settings = Settings(table) with { TimeoutMs = timeoutMs };
        var client = Client(settings);
        await new TablePreparation(client, settings, TimeProvider.System).PrepareAsync().InTime();
        return new(client, settings, TimeProvider.System);
    }
}
