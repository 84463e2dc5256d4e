using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.State;
using Reeve.Server.Telemetry;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.ClickHouse.Schema;
using Reeve.Store.Loading;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Storage;

/// <summary>The store: embedded or at <c>store.url</c>, what is loaded into it and what is read from it.</summary>
internal static class StoreServices
{
    public static IServiceCollection AddReeveStore(
        this IServiceCollection services, ReeveConfiguration configuration, StoreProgram? program)
    {
        var store = configuration.Store;
        var server = ServerId.LoadOrCreate(DataFolder.Prepare(configuration.Data));
        var endpoint = store.Url is null ? EmbeddedStore.Endpoint(configuration) : Remote(store);
        if (store.Url is null && program is not null)
            services.AddSingleton(provider => EmbeddedStore.Create(
                configuration, program, provider.GetRequiredService<ILogger<StoreProcess>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClickHouseHttp(endpoint, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IClickHouse>(provider => provider.GetRequiredService<ClickHouseHttp>());
        services.AddSingleton(new StoreTopology(store.Cluster));
        services.AddSingleton<StoreSchema>().AddSingleton<EventSearch>().AddSingleton<OverviewSearch>();
        services.AddSingleton(provider => new RecentIdentities(provider.GetRequiredService<IClickHouse>(), server));
        services.AddSingleton(provider => new StoreLoader(
            provider.GetRequiredService<IClickHouse>(),
            provider.GetRequiredService<Journal>(),
            new()
            {
                Server = server,
                Replicated = store.Cluster is not null,
                RejectedFolder = Path.Combine(configuration.Data, "rejected"),
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StoreLoader>>()));
        services.AddSingleton<StoreService>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreService>());
        services.AddSingleton<IReadinessCheck, StoreReadiness>();
        return services;
    }

    private static StoreEndpoint Remote(StoreConfiguration store)
    {
        if (!StoreEndpoint.TryParse(store.Url!.ToString(), out var endpoint, out var error))
            throw new ConfigurationException([new ConfigurationError("store.url", 0, 0, error)]);
        return endpoint with { Database = store.Database, User = store.User, Password = store.Password.Reveal() };
    }
}
