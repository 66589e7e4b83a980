using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Identity;

/// <summary>
/// Adds what tells who somebody is. It is no authentication scheme of ASP.NET Core: the program's own schemes, and its default, stay as
/// they are.
/// </summary>
internal static class IdentityServices
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(TokenVerifier))) return services;
        services.AddOptionsSection<AuthOptions>("Auth");
        services.PostConfigure<AuthOptions>(options =>
            options.GuestKey = SecretFile.Read("Auth:GuestKey", options.GuestKey, options.GuestKeyFile));
        services.AddSingleton<SiteKey>();
        services.AddSingleton<IssuerLog>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<GuestTokens>();
        services.AddSingleton<ReservedNames>();
        return services;
    }
}
