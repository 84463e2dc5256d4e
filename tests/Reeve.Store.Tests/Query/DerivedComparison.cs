using Reeve.Audit.Fields;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Tests.Query;

/// <summary>Reads the fields without a column of stored events twice: by the store's expressions and by the server's code.</summary>
internal static class DerivedComparison
{
    /// <summary>Fails where they differ; answers how many events have a value of each field.</summary>
    public static async Task<Dictionary<string, int>> RunAsync(IClickHouse store, int limit)
    {
        var fields = DerivedSql.Fields.Order(StringComparer.Ordinal).ToList();
        var expressions = string.Join(", ", fields.Select(AsList));
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = StoredEventRow.Columns(withRaw: true).Split(", ").Length;
        var rows = store.QueryAsync(
            $"SELECT {StoredEventRow.Columns(withRaw: true)}, {expressions} FROM events ORDER BY cityHash64(seq) LIMIT {limit}", new Dictionary<string, object>(),
            row => (Event: StoredEventRow.Read(row), Values: fields.Select((_, i) => row.GetFieldValue<string[]>(first + i)).ToArray()), ReadLimits.Interactive, TestContext.Current.CancellationToken);
        await foreach (var (stored, values) in rows)
        {
            var expected = DerivedFields.Of(stored.ForDerivedFields()).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
            for (var i = 0; i < fields.Count; i++)
            {
                var own = expected.GetValueOrDefault(fields[i], []).Where(value => value.Length > 0);
                var theirs = values[i].Where(value => value.Length > 0).ToList();
                Assert.True(own.SequenceEqual(theirs), $"{fields[i]}: the server reads '{string.Join("', '", own)}', the store '{string.Join("', '", theirs)}' of {stored.Raw}");
                if (theirs.Count > 0)
                    found[fields[i]] = found.GetValueOrDefault(fields[i]) + 1;
            }
        }

        return found;
    }

    private static string AsList(string name)
    {
        var field = QueryFields.Find(name)!;
        var value = EventColumns.Of(field);
        return field.Kind switch { QueryFieldKind.List => value, QueryFieldKind.Flag => $"[if({value}, 'true', '')]", _ => $"[{value}]" };
    }
}
