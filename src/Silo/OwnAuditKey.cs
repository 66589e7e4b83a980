using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Identity;

namespace LiveComments.Silo;

/// <summary>The key of the audits of a site on one SQLite file: made when it is first needed.</summary>
internal static class OwnAuditKey
{
    /// <summary>Gives the node its own key, if the settings give none and it has a use for one.</summary>
    public static void AddOwnAuditKey(this IServiceCollection services) =>
        services.AddOptions<AuditOptions>().PostConfigure<SqliteOptions, AuthOptions>((audit, store, auth) =>
        {
            // Moderators have tokens of an issuer.
            if (audit.Key is not null || auth.Issuers.Count == 0) return;
            audit.Key = OwnKeyFile.ReadOrMake(
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store.Path))!, "audit.key"), AuditKey.Make, "Audit:KeyFile");
        });
}
