using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveComments.WebFrontend.Audit;

/// <summary>Adds the audit of what moderators and owners do.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AuditSigner))) return services;
        services.AddOptionsSection<AuditOptions>("Audit");
        services.PostConfigure<AuditOptions>(options => options.Key = SecretFile.Read("Audit:Key", options.Key, options.KeyFile));
        services.AddSingleton<AuditKey>();
        services.AddSingleton<AuditChains>();
        services.AddSingleton<AuditSigner>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSigner>());
        services.TryAddSingleton<IAudit, AuditLog>();
        return services;
    }
}
