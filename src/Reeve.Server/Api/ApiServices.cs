using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Security;

namespace Reeve.Server.Api;

/// <summary>The HTTP API under <c>/api/v1</c> and its description.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddReeveApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddProblemDetails();
        services.AddReeveOpenApi();
        return services;
    }

    /// <summary>Failures nobody caught become problems (RFC 9457) without the exception's text.</summary>
    public static WebApplication UseReeveProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            api => api.UseStatusCodePages());
        return app;
    }

    public static IEndpointRouteBuilder MapReeveApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Roles.Viewer);
        var api = endpoints.MapGroup("/api/v1").RequireAuthorization(Roles.Viewer)
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapSearch();
        api.MapStats();
        api.MapOverview();
        api.MapEvent();
        api.MapRead();
        api.MapAlerts();
        api.MapRules();
        api.MapSources();
        api.MapSenders();
        api.MapClusters();
        api.MapTokens();
        var policy = api.MapGroup("/policy");
        policy.MapPolicyCheck();
        policy.MapPolicyExplain();
        policy.MapPolicySimulate();
        policy.MapPolicyTraffic();
        policy.MapPolicyCoverage();
        policy.MapPolicySuggest();
        return endpoints;
    }
}
