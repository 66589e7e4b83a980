using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend.Settings;

/// <summary>Binds one section of the configuration to options, refuses names that they do not have, and checks the values.</summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="name">The section, as <c>Limits</c>.</param>
/// <param name="alsoKnown">Names in the section that belong to other options.</param>
/// <param name="configuration">Where the section is read from; null if the options are set by code alone.</param>
internal sealed class OptionsSection<T>(string name, IReadOnlyCollection<string> alsoKnown, IConfiguration? configuration)
    : IConfigureOptions<T>, IValidateOptions<T>
    where T : class
{
    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">The section has an unknown name, or a value of another type.</exception>
    public void Configure(T options)
    {
        if (configuration?.GetSection(name) is not { } section) return;
        string[] known = [.. alsoKnown, .. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Wrong($"Setting {unknown.Path}: unknown. Known settings of {name}: {string.Join(", ", known)}.");
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // The binder names the setting.
            throw Wrong($"Setting {name}: {exception.Message}");
        }
    }

    ValidateOptionsResult IValidateOptions<T>.Validate(string? _, T options)
    {
        var found = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), found, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(found.Select(result => $"Setting {name}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
    }

    private static OptionsValidationException Wrong(string message) => new(typeof(T).Name, typeof(T), [message]);
}
