using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend.Settings;

/// <summary>Adds options that a section of the configuration sets.</summary>
internal static class OptionsServices
{
    /// <summary>
    /// Adds <typeparamref name="T"/>, read from the section <paramref name="name"/> and checked when the program starts. It may be asked
    /// for as it is, too.
    /// </summary>
    public static IServiceCollection AddOptionsSection<T>(this IServiceCollection services, string name, params string[] alsoKnown)
        where T : class
    {
        if (services.Any(service => service.ServiceType == typeof(T))) return services;
        services.AddOptions<T>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<T>>(NewSection);
        services.AddSingleton<IValidateOptions<T>>(NewSection);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
        return services;

        OptionsSection<T> NewSection(IServiceProvider provider) =>
            new(name, alsoKnown, provider.GetService<SettingsSource>()?.Configuration);
    }
}

/// <summary>The part of the program's configuration that holds our sections.</summary>
internal sealed record SettingsSource(IConfiguration Configuration);
