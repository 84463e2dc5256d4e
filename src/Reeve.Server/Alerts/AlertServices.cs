using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Journaling;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.State;
using Reeve.Server.Storage;
using Reeve.Store.Findings;
using Reeve.Store.Loading;

namespace Reeve.Server.Alerts;

/// <summary>What runs rules over the journal and keeps their alerts.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddReeveAlerts(this IServiceCollection services, ReeveConfiguration configuration)
    {
        services.AddSingleton(new RuleBook(configuration.Rules.Paths, configuration.Rules.Lists, configuration.Rules.Shipped));
        services.AddSingleton(provider => new DetectionMetrics(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<DetectionStateStore>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton(provider => new AlertReads(provider.GetRequiredService<StateDatabase>(), ServerId.LoadOrCreate(DataFolder.Prepare(configuration.Data))));
        services.AddSingleton(CreateFollower);
        services.AddHostedService<RuleWatcher>();
        services.AddHostedService<DetectionService>();
        services.AddSingleton<IHostedService>(CreateFindings);
        return services;
    }

    private static DetectionFollower CreateFollower(IServiceProvider provider)
    {
        var journal = provider.GetRequiredService<Journal>();
        return new(
            journal,
            journal.OpenCursor("detection"),
            provider.GetRequiredService<DetectionStateStore>(),
            provider.GetRequiredService<AlertStore>(),
            provider.GetRequiredService<RuleBook>(),
            provider.GetRequiredService<DetectionMetrics>(),
            new DetectionLimits(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DetectionFollower>>());
    }

    private static AlertFindings CreateFindings(IServiceProvider provider)
    {
        var journal = provider.GetRequiredService<Journal>();
        return new(
            provider.GetRequiredService<StateDatabase>(),
            provider.GetRequiredService<IFindingStore>(),
            () => journal.Status.Consumers.GetValueOrDefault(StoreLoader.Consumer),
            provider.GetRequiredService<StoreService>().Ready,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AlertFindings>>());
    }
}
