using Reeve.Store.Loading;

namespace Reeve.Store.Findings;

/// <summary>Makes rows of the table <c>findings</c>. The same finding always gives the same bytes.</summary>
internal static class FindingRowEncoder
{
    /// <summary>The columns in the order of a row's bytes.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "kind", "rule", "level", "time", "found", "day", "retention", "cluster", "source", "host", "server", "seq", "request_key",
        "actor", "verb", "resource", "subresource", "ns", "name", "summary", "detail",
    ];

    public static void Append(Finding finding, RowBinaryWriter rows)
    {
        rows.BeginRow();
        rows.WriteString(finding.Id);
        rows.WriteString(finding.Kind);
        rows.WriteString(finding.Rule);
        rows.WriteString(finding.Level);
        rows.WriteMicroseconds(finding.Time);
        rows.WriteMicroseconds(finding.Found);
        rows.WriteDate(finding.Day);
        rows.WriteUInt8(finding.Retention);
        rows.WriteString(finding.Cluster);
        rows.WriteString(finding.Source);
        rows.WriteString(finding.Host);
        rows.WriteString(finding.Event.Server);
        rows.WriteUInt64(finding.Event.Sequence);
        rows.WriteUInt128(finding.RequestKey);
        rows.WriteString(finding.Actor);
        rows.WriteString(finding.Verb);
        rows.WriteString(finding.Resource);
        rows.WriteString(finding.Subresource);
        rows.WriteString(finding.Namespace);
        rows.WriteString(finding.Name);
        rows.WriteString(finding.Summary);
        rows.WriteString(finding.Detail);
    }
}
