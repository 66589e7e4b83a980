using LiveComments.WebFrontend.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace LiveComments.WebFrontend.Operations;

/// <summary>The one guard of what is for operators alone, such as <c>/ops</c> and <c>/dashboard</c>.</summary>
public static class OperatorAccess
{
    /// <summary>The name of the authorization policy.</summary>
    public const string Policy = "operators";

    /// <summary>
    /// Lets operators alone use these endpoints: this machine without <see cref="OperationsOptions.Password"/>, and with it whoever knows
    /// it. Others get a problem detail with 401, 403 or 429.
    /// </summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Policy);

    internal static IServiceCollection AddOperatorAccess(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(PasswordCheck))) return services;
        services.AddOptionsSection<OperationsOptions>("Operations");
        services.PostConfigure<OperationsOptions>(options =>
            options.Password = SecretFile.Read("Operations:Password", options.Password, options.PasswordFile));
        services.AddSingleton<OperatorMetrics>();
        services.AddSingleton<PasswordCheck>();
        // The core services alone: the others are for cookies, and keep keys in the home directory.
        services.AddAuthenticationCore(authentication =>
            authentication.AddScheme<PasswordAuthentication>(PasswordAuthentication.SchemeName, displayName: null));
        services.AddTransient<PasswordAuthentication>();
        // The only scheme of a program becomes its default, and would authenticate every request. This one serves the policy alone.
        services.PostConfigure<AuthenticationOptions>(authentication => authentication.DefaultScheme ??= "");
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<OperationsOptions>((authorization, settings) =>
            authorization.AddPolicy(Policy, policy => policy
                .AddAuthenticationSchemes(PasswordAuthentication.SchemeName)
                .AddRequirements(new ThisMachineOrPassword(settings))));
        return services;
    }
}
