using System.Text;

namespace Reeve.Audit.Callers;

/// <summary>User agents whose first product does not name the program. The first row that fits counts.</summary>
public static class ToolTable
{
    /// <summary>All rows, the more special before the more general.</summary>
    public static ReadOnlySpan<ToolRow> Rows => All;

    private static readonly ToolRow[] All =
    [
        new("Helm/", "", "helm", "Helm/"),
        new("Wget/", "", "wget", "Wget/"),
        new("HashiCorp/", " Terraform/", "terraform", " Terraform/"),
        new("OpenAPI-Generator/", "/python", "python-kubernetes", "OpenAPI-Generator/"),
        new("Swagger-Codegen/", "/python", "python-kubernetes", "Swagger-Codegen/"),
        new("OpenAPI-Generator/", "/ruby", "ruby-kubernetes", "OpenAPI-Generator/"),
        new("Kubernetes Java Client/", "", "java-kubernetes", "Kubernetes Java Client/"),
        new("Python/", " aiohttp/", "python-aiohttp", " aiohttp/"),
        new("Mozilla/", " OpenLens/", "openlens", " OpenLens/"),
        new("Mozilla/", " Lens/", "lens", " Lens/"),
        new("Mozilla/", " Headlamp/", "headlamp", " Headlamp/"),
        new("Mozilla/", " WindowsPowerShell/", "powershell", " WindowsPowerShell/"),
        new("Mozilla/", " PowerShell/", "powershell", " PowerShell/"),
        new("Mozilla/", " Edg/", "edge", " Edg/"),
        new("Mozilla/", " OPR/", "opera", " OPR/"),
        new("Mozilla/", " Firefox/", "firefox", " Firefox/"),
        new("Mozilla/", " HeadlessChrome/", "headless-chrome", " HeadlessChrome/"),
        new("Mozilla/", " Chrome/", "chrome", " Chrome/"),
        new("Mozilla/", " Safari/", "safari", " Version/"),
        new("Mozilla/", "", "browser", ""),
    ];
}

/// <summary>One kind of user agent.</summary>
/// <param name="Begins">What the agent begins with.</param>
/// <param name="Holds">What else it holds, anywhere; empty for nothing.</param>
/// <param name="Name">The program.</param>
/// <param name="VersionAfter">What stands before the version, which ends at a space, slash, semicolon or parenthesis; empty for none.</param>
public sealed record ToolRow(string Begins, string Holds, string Name, string VersionAfter)
{
    internal byte[] BeginsBytes { get; } = Encoding.UTF8.GetBytes(Begins);

    internal byte[] HoldsBytes { get; } = Encoding.UTF8.GetBytes(Holds);

    internal byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(Name);

    internal byte[] VersionAfterBytes { get; } = Encoding.UTF8.GetBytes(VersionAfter);
}
