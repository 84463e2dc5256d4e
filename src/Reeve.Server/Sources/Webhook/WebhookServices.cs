using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Journaling;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources.Webhook;

/// <summary>The source of type <c>webhook</c>. It is always there: it answers where the pages do, and takes nothing without a token.</summary>
internal static class WebhookServices
{
    /// <summary>The webhook of the configuration, or the one that is there without any.</summary>
    public static SourceConfiguration Configured(ReeveConfiguration configuration) =>
        configuration.Sources.FirstOrDefault(source => source.Type == WebhookOptions.Type)
        ?? new() { Type = WebhookOptions.Type, Name = FreeName(configuration) };

    public static IServiceCollection AddReeveWebhook(this IServiceCollection services, ReeveConfiguration configuration)
    {
        services.TryAddSingleton(new WebhookOptions());
        services.AddSingleton<WebhookBody>().AddSingleton<WebhookGate>().AddSingleton<WebhookAccess>().AddSingleton<WebhookMetrics>();
        services.AddSingleton<RecentBodies>().AddSingleton<BytesInFlight>().AddSingleton<WebhookIntakes>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WebhookReceiver>(provider, Configured(configuration)));
        return services;
    }

    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source) => () => new WebhookSource(
        source,
        provider.GetRequiredService<WebhookGate>(),
        provider.GetRequiredService<Journal>(),
        provider.GetRequiredService<SourceRegistry>(),
        provider.GetRequiredService<SenderRegistry>(),
        provider.GetRequiredService<TimeProvider>());

    // Another source may have been given its name.
    private static string FreeName(ReeveConfiguration configuration)
    {
        var name = WebhookOptions.Type;
        while (configuration.Sources.Any(source => source.Name == name))
            name += "-kubernetes";
        return name;
    }
}
