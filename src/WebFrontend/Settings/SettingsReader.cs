using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Settings;

/// <summary>Binds a section of the configuration to a record and checks it.</summary>
internal static class SettingsReader
{
    /// <summary>Makes <typeparamref name="T"/> available, read from <paramref name="section"/> when first asked for.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section)
        where T : class, new() =>
        services.AddSingleton(provider => Read<T>(provider.GetRequiredService<IConfiguration>(), section));

    private static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        T settings;
        try
        {
            settings = configuration.GetSection(section).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidOperationException exception)
        {
            // A value of another type, or a name that is no setting; the binder says which.
            throw new SettingsException($"Setting {section}: {exception.Message}");
        }

        var found = new List<ValidationResult>();
        if (Validator.TryValidateObject(settings, new(settings), found, validateAllProperties: true)) return settings;
        throw new SettingsException($"Setting {section}:{found[0].MemberNames.FirstOrDefault()}: {found[0].ErrorMessage}");
    }
}
