using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveComments.Firehose.Redis;

/// <summary>Adds the way to Redis to a program with a firehose.</summary>
public static class FirehoseRedisServices
{
    /// <summary>Appends the entries to the streams in <see cref="FirehoseRedisOptions"/>.</summary>
    public static IServiceCollection AddFirehoseRedis(this IServiceCollection services)
    {
        services.AddOptionsSection<FirehoseRedisOptions>("Firehose:Redis");
        services.PostConfigure<FirehoseRedisOptions>(options =>
            options.Connection = SecretFile.Read("Firehose:Redis:Connection", options.Connection, options.ConnectionFile));
        services.TryAddSingleton<IFirehoseReceiver, RedisReceiver>();
        return services;
    }
}
