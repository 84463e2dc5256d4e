using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Reeve.Server.Telemetry;

/// <summary><c>/metrics</c> in the Prometheus text format. The only file that knows the exporter, which has never left beta.</summary>
internal static class PrometheusMetrics
{
    public static IServiceCollection AddReeveMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<ReeveMetrics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ReeveMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter(exporter =>
            {
                // Every series would carry the name of its meter as one more label.
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
            }));
        return services;
    }

    public static IEndpointConventionBuilder MapReeveMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
}
