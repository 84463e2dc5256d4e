using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Sources.Clusters;

namespace Reeve.Server.Sources.Senders;

/// <summary>Who delivers what, and to which cluster it belongs.</summary>
internal static class SenderServices
{
    public static IServiceCollection AddReeveSenders(this IServiceCollection services)
    {
        services.AddSingleton<ClusterAssignments>().AddSingleton<ClusterList>();
        services.AddSingleton<SenderRegistry>();
        services.AddSingleton<KnownSenders>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownSenders>());
        services.AddHostedService<SenderGauges>();
        return services;
    }
}
