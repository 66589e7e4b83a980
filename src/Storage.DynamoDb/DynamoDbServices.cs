using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;

namespace LiveComments.Storage.DynamoDb;

/// <summary>Adds the store to a program.</summary>
public static class DynamoDbServices
{
    /// <summary>Adds the store as the <see cref="ICommentStore"/>; <see cref="DynamoDbOptions"/> must be available.</summary>
    public static IServiceCollection AddDynamoDbCommentStore(this IServiceCollection services) => services
        .AddSingleton<IAmazonDynamoDB>(provider =>
            new AmazonDynamoDBClient(provider.GetRequiredService<DynamoDbOptions>().ToClientConfig()))
        .AddSingleton<ICommentStore, DynamoDbCommentStore>()
        .AddSingleton<TablePreparation>();
}
