using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LiveComments.Storage.DynamoDb;

/// <summary>Sees before the server starts that the table is there, and makes it if a setting says so.</summary>
public sealed class TablePreparation(IAmazonDynamoDB client, DynamoDbOptions settings, TimeProvider time)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes when the table can be used.</summary>
    /// <exception cref="CommentsUnavailableException">It is missing, has other keys, or cannot be asked.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (settings.CreateTable) await CreateAsync(cancellationToken);
            TableDescription table;
            while ((table = await DescribeAsync(cancellationToken)).TableStatus == TableStatus.CREATING)
                await Task.Delay(AskAgainAfter, time, cancellationToken);
            if (!Keys.SequenceEqual(table.KeySchema.Select(key => (key.AttributeName, key.KeyType.Value))))
                throw new CommentsUnavailableException(
                    $"The table {settings.Table} (DynamoDb:Table) exists, but its key schema is not that of LiveComments. "
                    + "Name another table.");
        }
        catch (ResourceNotFoundException)
        {
            throw new CommentsUnavailableException(
                $"There is no table {settings.Table} (DynamoDb:Table). Make it, or let the program: DynamoDb:CreateTable=true.");
        }
        catch (Exception exception) when (exception.IsOfTheStore())
        {
            throw new CommentsUnavailableException(
                $"DynamoDB did not answer about the table {settings.Table} (DynamoDb): {exception.Message}", exception);
        }
    }

    private static IEnumerable<(string Name, string Type)> Keys =>
        [(SegmentTable.Video, KeyType.HASH), (SegmentTable.Position, KeyType.RANGE)];

    private async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await client.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = settings.Table,
                    KeySchema = [new(SegmentTable.Video, KeyType.HASH), new(SegmentTable.Position, KeyType.RANGE)],
                    AttributeDefinitions =
                    [
                        new(SegmentTable.Video, ScalarAttributeType.S), new(SegmentTable.Position, ScalarAttributeType.N),
                    ],
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                },
                cancellation);
        }
        catch (ResourceInUseException)
        {
            // It is there already, or another node is just making it.
        }
    }

    private async Task<TableDescription> DescribeAsync(CancellationToken cancellation) =>
        (await client.DescribeTableAsync(settings.Table, cancellation)).Table;
}
