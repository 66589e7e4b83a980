using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend.Settings;

/// <summary>Takes a secret from a file: what is in the environment or on the command line others may see.</summary>
internal static class SecretFile
{
    /// <summary>
    /// Gives the value of the setting <paramref name="name"/>, or what is in the file that the setting <paramref name="name"/> +
    /// <c>File</c> names.
    /// </summary>
    /// <exception cref="OptionsValidationException">Both are set, or the file cannot be read.</exception>
    public static string? Read(string name, string? value, string? file)
    {
        if (file is null) return value;
        if (value is not null) throw Wrong($"{name} is set, too. Use one of them.");
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"it cannot be read: {exception.Message}");
        }

        OptionsValidationException Wrong(string why) => new(name, typeof(string), [$"Setting {name}File: {why}"]);
    }
}
