using System.Collections.Frozen;

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
    public static string? Nearest(string name)
    {
        if (name.Length > 64)
            return null;
        var best = Math.Max(1, name.Length / 3) + 1;
        string? nearest = null;
        foreach (var known in ByName.Keys.Order(StringComparer.Ordinal))
        {
            var distance = EditDistance.Between(name.ToLowerInvariant(), known.ToLowerInvariant());
            if (distance < best)
                (best, nearest) = (distance, known);
        }

        return nearest;
    }

    private static FrozenDictionary<string, QueryField> Build()
    {
        var fields = new Dictionary<string, QueryField>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, kind, paths) in FieldTable.Rows)
        {
            var field = new QueryField(name, kind);
            fields.Add(name, field);
            foreach (var path in paths)
                fields.Add(path, field);
        }

        return fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
