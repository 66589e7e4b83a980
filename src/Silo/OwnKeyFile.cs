using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>A key that the site makes itself: a file beside its database, which its owner alone can read.</summary>
internal static class OwnKeyFile
{
    /// <summary>Reads the key, which is made if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes a key, as text.</param>
    /// <param name="setting">The setting that names a file of another key.</param>
    /// <exception cref="SettingsException">It can be neither read nor made.</exception>
    public static string ReadOrMake(string path, Func<string> make, string setting)
    {
        try
        {
            if (!File.Exists(path)) Make(path, make);
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"The site's key beside the database, {path} (Storage:Path) cannot be opened: {exception.Message} "
                + $"Name another folder, or the file of the key by {setting}.");
        }
    }

    private static void Make(string path, Func<string> make)
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
                file.WriteLine(make());
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
