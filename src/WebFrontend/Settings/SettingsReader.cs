using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Settings;

/// <summary>Binds a section of the configuration to a record and checks it.</summary>
public static class SettingsReader
{
    /// <summary>Makes <typeparamref name="T"/> available, read from <paramref name="section"/>.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section)
        where T : class, new() =>
        services
            .AddSingleton(provider => provider.GetRequiredService<IConfiguration>().ReadSettings<T>(section))
            .AddSingleton<Check>(provider => () => provider.GetRequiredService<T>());

    /// <summary>Reads all that were added.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void CheckSettings(this IServiceProvider provider)
    {
        foreach (var check in provider.GetServices<Check>()) check();
    }

    private delegate object Check();

    /// <summary>Reads <typeparamref name="T"/> from a section before there are services.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static T ReadSettings<T>(this IConfiguration configuration, string sectionName)
        where T : class, new()
    {
        var section = configuration.GetSection(sectionName);
        var known = typeof(T).GetProperties().Select(property => property.Name).ToList();
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingsException($"Setting {unknown.Path}: there is none of this name; {sectionName} has {string.Join(", ", known)}.");

        T settings;
        try
        {
            settings = section.Get<T>() ?? new();
        }
        catch (InvalidOperationException exception)
        {
            // A value of another type; the binder says which.
            throw new SettingsException($"Setting {sectionName}: {exception.Message}");
        }

        var found = new List<ValidationResult>();
        if (Validator.TryValidateObject(settings, new(settings), found, validateAllProperties: true)) return settings;
        throw new SettingsException($"Setting {sectionName}:{found[0].MemberNames.FirstOrDefault()}: {found[0].ErrorMessage}");
    }
}
