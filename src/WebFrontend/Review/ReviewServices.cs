using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveComments.WebFrontend.Review;

/// <summary>Adds the review of posts before they are published.</summary>
internal static class ReviewServices
{
    /// <summary>The sections of <c>Moderation</c> that are read here.</summary>
    public static string[] Sections { get; } = ["Words", "Capitals", "Repeats", "Hook"];

    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddOptionsSection<WordsOptions>("Moderation:Words");
        services.AddOptionsSection<CapitalsOptions>("Moderation:Capitals");
        services.AddOptionsSection<RepeatsOptions>("Moderation:Repeats");
        services.AddHook();
        services.TryAddSingleton<ReviewMetrics>();
        services.TryAddSingleton<ReviewLog>();
        services.TryAddSingleton<WordsRule>();
        services.TryAddSingleton(provider => new ReviewChain(
            [.. Rules(provider)],
            provider.GetRequiredService<HookHolder>().Reviewer is { } hook
                ? new KnownVerdicts(hook, provider.GetRequiredService<TimeProvider>())
                : null,
            provider.GetRequiredService<ReviewMetrics>()));
        services.TryAddSingleton<PostOrder>();
        services.TryAddSingleton<ReviewedPosts>();
        return services;
    }

    private static void AddHook(this IServiceCollection services)
    {
        services.AddOptionsSection<HookOptions>("Moderation:Hook");
        services.PostConfigure<HookOptions>(options =>
            options.Secret = SecretFile.Read("Moderation:Hook:Secret", options.Secret, options.SecretFile));
        services.AddHttpClient(HookHolder.ClientName)
            .ConfigureHttpClient(client =>
            {
                client.MaxResponseContentBufferSize = HookClient.MaxAnswer;
                // The circuit has the time limit.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A signed request goes where the settings say, and nowhere else.
                AllowAutoRedirect = false,
                UseCookies = false,
                // So that a change of the address is found.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton<HookHolder>();
    }

    private static IEnumerable<ITextRule> Rules(IServiceProvider provider)
    {
        if (provider.GetRequiredService<WordsOptions>() is { } words && (words.File is not null || words.List.Count > 0))
            yield return provider.GetRequiredService<WordsRule>();
        if (provider.GetRequiredService<CapitalsOptions>() is { Percent: > 0 } capitals) yield return new CapitalsRule(capitals);
        if (provider.GetRequiredService<RepeatsOptions>() is { Longest: > 0 } repeats) yield return new RepeatsRule(repeats);
    }
}
