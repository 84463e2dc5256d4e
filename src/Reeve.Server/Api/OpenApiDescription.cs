using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Reeve.Server.Security;

namespace Reeve.Server.Api;

/// <summary>The document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDescription
{
    private const string Bearer = "token";

    public static IServiceCollection AddReeveOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Reeve",
                Version = "v1",
                Description = "Search Kubernetes audit events and manage the server. Times are RFC 3339 in UTC; problems are RFC 9457.",
            };
            // The server answers under whatever name it was asked by.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = $"An API token ('{TokenStore.Prefix}…'), or the session cookie of a browser.",
                },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        });
    });

    // Every endpoint has its Answer, and types of one name would be taken for one.
    private static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name is not null && type.Type.DeclaringType is { } endpoint
            ? endpoint.Name.Replace("Endpoints", "", StringComparison.Ordinal).Replace("Endpoint", "", StringComparison.Ordinal) + name
            : name;
    }
}
