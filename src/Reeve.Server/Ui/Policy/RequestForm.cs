using Reeve.Audit.Policy;

namespace Reeve.Server.Ui.Policy;

/// <summary>A request as a person types it. Not thread-safe.</summary>
internal sealed class RequestForm
{
    /// <summary>The longest text of a field, in characters.</summary>
    public const int Longest = 500;

    /// <summary>The user; empty for a failed authentication.</summary>
    public string User { get; set; } = "ana";

    /// <summary>The groups, with commas between.</summary>
    public string Groups { get; set; } = "system:authenticated";

    /// <summary>The verb.</summary>
    public string Verb { get; set; } = "get";

    /// <summary>The resource as a policy writes it; empty for what is none.</summary>
    public string Resource { get; set; } = "secrets";

    /// <summary>The API group; empty for core.</summary>
    public string ApiGroup { get; set; } = "";

    /// <summary>The namespace.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>The name of the object.</summary>
    public string Name { get; set; } = "";

    /// <summary>The path of what is no resource.</summary>
    public string Path { get; set; } = "";

    /// <summary>The request.</summary>
    public PolicyRequest Request
    {
        get
        {
            var request = new PolicyRequest
            {
                User = User.Trim() is { Length: > 0 } user ? user : null,
                Groups = [.. Groups.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                Verb = Verb.Trim(),
            };
            if (Resource.Trim() is not { Length: > 0 } resource)
                return request with { Path = Path.Trim() };
            var parts = resource.Split('/', 2);
            return request with
            {
                IsResource = true, Resource = parts[0], Subresource = parts.Length > 1 ? parts[1] : "", ApiGroup = ApiGroup.Trim(), Namespace = Namespace.Trim(), Name = Name.Trim(),
            };
        }
    }
}
