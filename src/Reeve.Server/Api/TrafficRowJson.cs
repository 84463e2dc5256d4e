using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;

namespace Reeve.Server.Api;

/// <summary>Events alike to any audit policy in the API; see <see cref="TrafficRow"/>. Texts that are empty are left out.</summary>
/// <param name="User">Who asked; left out where nobody was authenticated.</param>
/// <param name="Groups">The groups of that user.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="ApiGroup">The API group.</param>
/// <param name="Resource">The resource; left out where it was for none.</param>
/// <param name="Subresource">The subresource.</param>
/// <param name="Name">The object's name, where names are told apart.</param>
/// <param name="Path">The path, where it was for no resource.</param>
/// <param name="Level">The level at which they were recorded.</param>
/// <param name="Stage">Their stage.</param>
/// <param name="Events">How many there are.</param>
/// <param name="Bytes">Their size as JSON.</param>
/// <param name="RequestBytes">How much of that their <c>requestObject</c> members are.</param>
/// <param name="ResponseBytes">How much of it their <c>responseObject</c> members are.</param>
/// <param name="ManagedBytes">How much of the bodies are <c>managedFields</c>.</param>
/// <param name="Largest">The size of the largest of them.</param>
internal sealed record TrafficRowJson(
    string? User, IReadOnlyList<string>? Groups, string? Verb, string? Namespace, string? ApiGroup, string? Resource, string? Subresource, string? Name, string? Path,
    AuditLevel Level, AuditStages Stage, long Events, long Bytes, long RequestBytes, long ResponseBytes, long ManagedBytes, long Largest)
{
    public static TrafficRowJson Of(TrafficRow row) => new(
        row.Request.User, row.Request.Groups.IsEmpty ? null : row.Request.Groups, Text(row.Request.Verb), Text(row.Request.Namespace), Text(row.Request.ApiGroup),
        row.Request.IsResource ? row.Request.Resource : null, Text(row.Request.Subresource), Text(row.Request.Name), Text(row.Request.Path),
        row.Level, row.Stage, row.Events, row.Bytes, row.RequestBytes, row.ResponseBytes, row.ManagedBytes, row.Largest);

    /// <summary>The same as it was.</summary>
    public TrafficRow Row() => new(
        new PolicyRequest
        {
            User = User, Groups = [.. Groups ?? []], Verb = Verb ?? "", IsResource = Resource is not null, Namespace = Namespace ?? "", ApiGroup = ApiGroup ?? "",
            Resource = Resource ?? "", Subresource = Subresource ?? "", Name = Name ?? "", Path = Path ?? "",
        },
        Level, Stage)
    {
        Events = Events, Bytes = Bytes, RequestBytes = RequestBytes, ResponseBytes = ResponseBytes, ManagedBytes = ManagedBytes, Largest = Largest,
    };

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
