using System.Collections.Frozen;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>Which column of <c>events</c> holds a field, or which expression over columns gives it; a field of the findings is a column of theirs.</summary>
internal static class EventColumns
{
    // Where the names differ; every other field's column is named like it.
    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["group"] = "groups",
        ["apigroup"] = "api_group",
        ["auditid"] = "audit_id",
        ["uid"] = "user_uid",
        ["impersonated"] = "impersonated_user",
        ["impersonatedgroup"] = "impersonated_groups",
        ["objectuid"] = "object_uid",
        ["apiversion"] = "api_version",
        ["decisionreason"] = "decision_reason",
        ["finding"] = "kind",
    }.ToFrozenDictionary();

    public static string Of(QueryField field) => DerivedSql.Of(field.Name) ?? SqlName(Renamed.GetValueOrDefault(field.Name, field.Name));

    /// <summary>An address as people write it: IPv4 without the prefix that IPv6 puts before it.</summary>
    public static string AddressText(QueryField field) => $"replaceRegexpOne(toString({Of(field)}), '^::ffff:([0-9]+[.])', '\\\\1')";

    private static string SqlName(string column) => $"`{column}`";
}
