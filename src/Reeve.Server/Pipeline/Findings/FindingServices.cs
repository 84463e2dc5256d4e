using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.State;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;
using Reeve.Store.Loading;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>What follows the journal for findings.</summary>
internal static class FindingServices
{
    public static IServiceCollection AddReeveFindings(this IServiceCollection services, ReeveConfiguration configuration)
    {
        services.AddSingleton<InputEnds>();
        services.AddSingleton<FindingSearch>();
        services.AddSingleton(provider => new FindingMetrics(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<IFindingStore>(provider => new FindingStore(
            provider.GetRequiredService<IClickHouse>(), ServerId.LoadOrCreate(DataFolder.Prepare(configuration.Data)), configuration.Store.Cluster is not null));
        services.AddSingleton(provider => Create(provider, configuration));
        services.AddHostedService<FindingService>();
        return services;
    }

    private static FindingFollower Create(IServiceProvider provider, ReeveConfiguration configuration)
    {
        var journal = provider.GetRequiredService<Journal>();
        var limits = new FindingLimits();
        return new(
            journal,
            journal.OpenCursor("findings"),
            () => journal.Status.Consumers.GetValueOrDefault(StoreLoader.Consumer),
            new FindingStateStore(provider.GetRequiredService<StateDatabase>(), limits),
            provider.GetRequiredService<IFindingStore>(),
            provider.GetRequiredService<InputEnds>(),
            provider.GetRequiredService<FindingMetrics>(),
            ServerId.LoadOrCreate(DataFolder.Prepare(configuration.Data)),
            limits,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FindingFollower>>());
    }
}
