using LiveComments.Firehose;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>The firehose, if the settings have one.</summary>
internal static class FirehoseParts
{
    private const string Section = "Firehose";
    private const string Webhook = $"{Section}:Webhook";

    /// <summary>Adds the firehose and its receiver. The store was added before.</summary>
    /// <exception cref="SettingsException">It has no receiver.</exception>
    public static void AddFirehose(this WebApplicationBuilder builder, Role role)
    {
        if (!builder.Configuration.GetSection(Section).Exists()) return;
        if (builder.Configuration[$"{Webhook}:Url"] is null)
            throw new SettingsException($"Setting {Webhook}:Url: say where the firehose posts entries, or remove the section {Section}.");
        builder.Services.AddFirehose();
        builder.Services.AddFirehoseWebhook();
        if (role != Role.Single || builder.Configuration.ReadStore() != "sqlite") return;
        // The file is locked: nobody else has what it has not sent.
        builder.Services.AddOptions<FirehoseOptions>().Configure<SqliteOptions>((firehose, store) => firehose.Alone = store.Shared != true);
    }
}
