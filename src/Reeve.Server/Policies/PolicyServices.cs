using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Policies;

/// <summary>The workbench for audit policies and what it reads.</summary>
internal static class PolicyServices
{
    public static IServiceCollection AddReevePolicies(this IServiceCollection services)
    {
        services.AddSingleton<PolicyWorkbench>();
        services.TryAddSingleton<ITrafficReads>(provider => new StoredTrafficReads(new TrafficSearch(provider.GetRequiredService<IClickHouse>())));
        return services;
    }
}
