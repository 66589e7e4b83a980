using System.Security.Cryptography;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>
/// The key of a site on one SQLite file: made when it is first needed, and kept beside the file, where its owner alone can read it.
/// </summary>
internal static class OwnGuestKey
{
    private const int KeyBytes = 32;

    /// <summary>Gives the node its own key, if the settings give none and it has a use for one.</summary>
    public static void AddOwnGuestKey(this IServiceCollection services) =>
        services.AddOptions<AuthOptions>().PostConfigure<SqliteOptions>((auth, store) =>
        {
            if (auth.GuestKey is not null || (auth.Guests == AuthChoice.Deny && auth.Issuers.Count == 0)) return;
            auth.GuestKey = ReadOrMake(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store.Path))!, "guest.key"));
        });

    private static string ReadOrMake(string path)
    {
        try
        {
            if (!File.Exists(path)) Make(path);
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"The site's key beside the database, {path} (Storage:Path) cannot be opened: {exception.Message} "
                + "Name another folder, or the file of the key by Auth:GuestKeyFile.");
        }
    }

    private static void Make(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Under another name first: whoever else looks finds the whole key or none.
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new StreamWriter(draft, options))
            {
                file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
                file.Flush();
                ((FileStream)file.BaseStream).Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process on the same database was first.
            File.Delete(draft);
        }
    }
}
