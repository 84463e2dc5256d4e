using System.Collections.Frozen;
using Reeve.Audit.Fields;

namespace Reeve.Store.Query.Parsing;

/// <summary>The fields a filter may name: short names, the JSON paths they stand for, and open paths into the bodies.</summary>
internal static class QueryFields
{
    private static readonly FrozenDictionary<string, QueryField> ByName = Build();

    // What stands below these has no column and any name; it is read from the event's JSON.
    private static readonly string[] OpenRoots =
        ["requestObject", "responseObject", "annotations", "user.extra", "impersonatedUser.extra", "responseStatus.details"];

    /// <summary>Every named field once, by its canonical name.</summary>
    public static IEnumerable<QueryField> All => ByName.Values.Distinct().OrderBy(known => known.Name, StringComparer.Ordinal);

    /// <summary>The field of a short name (in any case), a known path, or a path below an open root; null where there is none.</summary>
    public static QueryField? Find(string name)
    {
        if (ByName.TryGetValue(name, out var field))
            return field;
        foreach (var root in OpenRoots)
        {
            if (name.Length > root.Length + 1 && name[root.Length] == '.' && name.StartsWith(root, StringComparison.OrdinalIgnoreCase)
                && JsonPath.TryParse(name, out _))
            {
                return new QueryField(root + name[root.Length..], QueryFieldKind.Path);
            }
        }

        return null;
    }

    /// <summary>The known name that is most like a mistyped one; null where none is near.</summary>
    public static string? Nearest(string name) => name.Length > 64 ? null : NearestName.Find(name, ByName.Keys.Order(StringComparer.Ordinal));

    private static FrozenDictionary<string, QueryField> Build()
    {
        var fields = new Dictionary<string, QueryField>(StringComparer.OrdinalIgnoreCase);
        foreach (var described in FieldCatalogue.All)
            fields.Add(described.Name, new QueryField(described.Name, KindOf(described)));
        // A short name goes before a path: `level` is that of findings, the audit level is `auditlevel`.
        foreach (var described in FieldCatalogue.All)
        {
            if (described.Path.Length > 0)
                fields.TryAdd(described.Path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal), fields[described.Name]);
            if (described.Falco is not null)
                fields.TryAdd(described.Falco, fields[described.Name]);
        }

        return fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static QueryFieldKind KindOf(EventFieldDescription described) => described.Type switch
    {
        _ when described.Name == "id" => QueryFieldKind.Id,
        FieldType.Text => QueryFieldKind.Text,
        FieldType.List => QueryFieldKind.List,
        FieldType.Number => QueryFieldKind.Number,
        FieldType.Address => QueryFieldKind.Address,
        FieldType.Time => QueryFieldKind.Time,
        FieldType.Flag => QueryFieldKind.Flag,
        FieldType.Finding => QueryFieldKind.Finding,
        _ => throw new NotSupportedException($"the field {described.Name} has a type the search does not know: {described.Type}"),
    };
}
