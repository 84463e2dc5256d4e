using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Senders;
using Reeve.Server.State;
using Reeve.Server.Storage;
using Reeve.Server.Telemetry;
using Reeve.Store.Loading;

namespace Reeve.Server.Pipeline;

/// <summary>The way of an event from the sources to the journal.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddReevePipeline(this IServiceCollection services, ReeveConfiguration configuration)
    {
        var limits = new EventLimits { Event = (int)configuration.Limits.Event };
        services.AddSingleton(limits);
        services.AddSingleton(_ => ScrubKey.LoadOrCreate(Path.Combine(DataFolder.Prepare(configuration.Keys), "scrub.key")));
        services.AddSingleton(new DeclaredPaths(configuration.Scrub.Paths));
        services.AddSingleton<JournalLog>();
        services.AddSingleton(provider => Journal.Open(
            new()
            {
                Folder = DataFolder.Prepare(Path.Combine(configuration.Data, "journal")),
                MaxBytes = configuration.Limits.Journal,
                MaxEntryBytes = limits.Event + (1 << 20),
            },
            provider.GetRequiredService<JournalLog>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecentEvents>().AddSingleton<JournalledPositions>();
        services.AddSingleton(provider => new StoredIdentities(
            provider.GetRequiredService<StoreService>().Ready,
            provider.GetRequiredService<RecentIdentities>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EventPipeline(
            provider.GetRequiredService<Journal>(),
            provider.GetRequiredService<ScrubKey>(),
            provider.GetRequiredService<DeclaredPaths>(),
            limits,
            configuration.Limits.Horizon,
            provider.GetRequiredService<RecentEvents>(),
            provider.GetRequiredService<SenderRegistry>(),
            provider.GetRequiredService<JournalledPositions>(),
            provider.GetRequiredService<ReeveMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        // In this order: who delivered before is known before the sources start, and is saved after they end.
        services.AddReeveSenders();
        services.AddSingleton<IngestService>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestService>());
        services.AddSingleton<IReadinessCheck, JournalReadiness>();
        services.AddSingleton<IReadinessCheck, SourcesReadiness>();
        services.AddHostedService<JournalGauges>();
        return services;
    }
}
