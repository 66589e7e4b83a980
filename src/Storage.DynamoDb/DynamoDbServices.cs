using Amazon.DynamoDBv2;
using LiveComments.Storage.DynamoDb;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store to a program.</summary>
public static class DynamoDbServices
{
    /// <summary>
    /// Keeps the logs in a DynamoDB table, <see cref="DynamoDbOptions.Table"/>. Call <see cref="TablePreparation.PrepareAsync"/> before the
    /// program starts to serve.
    /// </summary>
    public static IServiceCollection AddDynamoDbStore(this IServiceCollection services, Action<DynamoDbOptions>? configure = null)
    {
        var options = services.AddOptions<DynamoDbOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<DynamoDbOptions>>().Value);
        services.AddOptions<LiveComments.LiveVideoOptions>().Configure<DynamoDbOptions>((video, table) =>
        {
            video.MaxAppend = DynamoDbCommentStore.MaxEntries;
            video.AppendInterval = TimeSpan.FromMilliseconds(table.AppendIntervalMs);
            video.CheckOwnerEvery = table.OwnerCheckSeconds > 0 ? TimeSpan.FromSeconds(table.OwnerCheckSeconds) : null;
        });
        services.TryAddSingleton<IAmazonDynamoDB>(provider =>
            new AmazonDynamoDBClient(provider.GetRequiredService<DynamoDbOptions>().ToClientConfig()));
        services.TryAddSingleton<LiveComments.ICommentStore, DynamoDbCommentStore>();
        services.TryAddSingleton<TablePreparation>();
        return services;
    }
}
