using Reeve.Audit.Fields;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Filters;

/// <summary>A field as the filter box offers it.</summary>
/// <param name="Name">The name to type.</param>
/// <param name="About">What it holds, in a line.</param>
/// <param name="Path">Its path in the event's JSON, which can be typed as well; empty where it has none.</param>
/// <param name="Falco">Its name in Falco's rules, which can be typed as well; empty where it has none.</param>
public sealed record FieldWords(string Name, string About, string Path, string Falco)
{
    /// <summary>The fields of the catalogue that a filter can name, the most used first.</summary>
    public static IReadOnlyList<FieldWords> All { get; } =
        [.. FieldCatalogue.All.Where(field => IsKnown(field.Name)).Select(field => new FieldWords(field.Name, field.Description, field.Path, field.Falco ?? ""))];

    /// <summary>Whether a filter can name the field.</summary>
    public static bool IsKnown(string field) => QueryParser.TryParse(field + ":*", out _, out _);
}
