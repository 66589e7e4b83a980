using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend;

/// <summary>Adds parts of LiveComments to a program; <c>AddLiveComments</c> gives it.</summary>
public sealed class LiveCommentsBuilder
{
    internal LiveCommentsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the program.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Reads the settings from the sections of <paramref name="configuration"/>, such as <c>Limits</c>. Without this call the options have
    /// their defaults and what code sets with <see cref="Configure{TOptions}"/>.
    /// </summary>
    public LiveCommentsBuilder ReadSettings(IConfiguration configuration)
    {
        Services.AddSingleton(new SettingsSource(configuration));
        return this;
    }

    /// <summary>Sets options by code. They are checked when the program starts.</summary>
    public LiveCommentsBuilder Configure<TOptions>(Action<TOptions> configure)
        where TOptions : class
    {
        Services.Configure(configure);
        return this;
    }
}
