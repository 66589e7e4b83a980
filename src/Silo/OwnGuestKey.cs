using System.Security.Cryptography;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Identity;

namespace LiveComments.Silo;

/// <summary>The key of a site on one SQLite file: made when it is first needed.</summary>
internal static class OwnGuestKey
{
    private const int KeyBytes = 32;

    /// <summary>Gives the node its own key, if the settings give none and it has a use for one.</summary>
    public static void AddOwnGuestKey(this IServiceCollection services) =>
        services.AddOptions<AuthOptions>().PostConfigure<SqliteOptions>((auth, store) =>
        {
            if (auth.GuestKey is not null || (auth.Guests == AuthChoice.Deny && auth.Issuers.Count == 0)) return;
            auth.GuestKey = OwnKeyFile.ReadOrMake(
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store.Path))!, "guest.key"),
                () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)),
                "Auth:GuestKeyFile");
        });
}
