using LiveComments.Firehose;
using LiveComments.Firehose.Redis;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>The firehose, if the settings have one.</summary>
internal static class FirehoseParts
{
    private const string Section = "Firehose";
    private const string Webhook = $"{Section}:Webhook";
    private const string Redis = $"{Section}:Redis";

    /// <summary>Adds the firehose and its receiver. The store was added before.</summary>
    /// <exception cref="SettingsException">It has no receiver, or two.</exception>
    public static void AddFirehose(this WebApplicationBuilder builder, Role role)
    {
        var configuration = builder.Configuration;
        if (!configuration.GetSection(Section).Exists()) return;
        builder.Services.AddFirehose();
        switch (configuration.GetSection(Webhook).Exists(), configuration.GetSection(Redis).Exists())
        {
            case (true, false) when configuration[$"{Webhook}:Url"] is not null:
                builder.Services.AddFirehoseWebhook();
                break;
            case (false, true) when (configuration[$"{Redis}:Connection"] ?? configuration[$"{Redis}:ConnectionFile"]) is not null:
                builder.Services.AddFirehoseRedis();
                break;
            case (true, true):
                throw new SettingsException($"Setting {Redis}: the firehose has one receiver. Remove this section or {Webhook}.");
            case (true, false):
                throw new SettingsException($"Setting {Webhook}:Url: say where the firehose posts entries.");
            case (false, true):
                throw new SettingsException($"Setting {Redis}:Connection: say where the firehose's Redis is.");
            default:
                throw new SettingsException($"Setting {Section}: say where entries go, by {Webhook}:Url or {Redis}:Connection.");
        }

        if (role != Role.Single || configuration.ReadStore() != "sqlite") return;
        // The file is locked: nobody else has what it has not sent.
        builder.Services.AddOptions<FirehoseOptions>().Configure<SqliteOptions>((firehose, store) => firehose.Alone = store.Shared != true);
    }
}
