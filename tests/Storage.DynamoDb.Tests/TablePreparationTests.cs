using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LiveComments.Storage.DynamoDb.Tests;

public sealed class TablePreparationTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task A_missing_table_is_one_clear_line()
    {
        var missing = await Assert.ThrowsAsync<CommentsUnavailableException>(() => PrepareAsync(dynamoDb.Settings("missing") with { CreateTable = false }));

        Assert.Contains("no table missing (DynamoDb:Table)", missing.Message, StringComparison.Ordinal);
        Assert.Contains("DynamoDb:CreateTable=true", missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing.Message);
    }

    [Fact]
    public async Task Nodes_that_start_together_make_one_table()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PrepareAsync(dynamoDb.Settings("made"))));

        await PrepareAsync(dynamoDb.Settings("made") with { CreateTable = false });
    }

    [Fact]
    public async Task A_table_with_other_keys_is_refused()
    {
        using var client = DynamoDbFixture.Client(dynamoDb.Settings("other"));
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "other",
            KeySchema = [new("id", KeyType.HASH)],
            AttributeDefinitions = [new("id", ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        }).InTime();

        var refused = await Assert.ThrowsAsync<CommentsUnavailableException>(() => PrepareAsync(dynamoDb.Settings("other")));

        Assert.Contains("DynamoDb:Table", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_one_clear_line()
    {
        dynamoDb.Proxy.Faults = _ => Fault.CutBefore;
        var unreachable = await Assert.ThrowsAsync<CommentsUnavailableException>(() => PrepareAsync(dynamoDb.Settings("any")));
        dynamoDb.Proxy.Faults = _ => Fault.None;

        Assert.Contains("(DynamoDb)", unreachable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', unreachable.Message);
    }

    private static async Task PrepareAsync(DynamoDbOptions settings)
    {
        using var client = DynamoDbFixture.Client(settings);
        await new TablePreparation(client, settings, TimeProvider.System).PrepareAsync().InTime();
    }
}
