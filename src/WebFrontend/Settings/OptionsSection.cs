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
        RefuseUnknown(section, typeof(T), alsoKnown);
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
            : ValidateOptionsResult.Fail(
                found.Select(result => $"Setting {name}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
    }

    /// <summary>Refuses names that the options do not have, those of options in a list included.</summary>
    private static void RefuseUnknown(IConfigurationSection section, Type options, IReadOnlyCollection<string> alsoKnown)
    {
        var properties = options.GetProperties().Where(property => property.CanWrite).ToList();
        string[] known = [.. alsoKnown, .. properties.Select(property => property.Name)];
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw Wrong($"Setting {child.Path}: unknown. Known settings of {section.Path}: {string.Join(", ", known)}.");
            var type = properties.Find(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            if (type?.GenericTypeArguments is not [{ IsClass: true } item] || item == typeof(string)) continue;
            foreach (var entry in child.GetChildren()) RefuseUnknown(entry, item, []);
        }
    }

    private static OptionsValidationException Wrong(string message) => new(typeof(T).Name, typeof(T), [message]);
}
