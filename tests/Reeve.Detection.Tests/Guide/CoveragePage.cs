using System.Text;

namespace Reeve.Detection.Tests.Guide;

/// <summary>The page <c>docs/guide/coverage.md</c>: what the rules are for, and what no rule can be for.</summary>
internal static class CoveragePage
{
    private const string Rules = "rules/";

    /// <summary>The page.</summary>
    public static string Text()
    {
        var page = new StringBuilder("# What the rules cover\n\n<!-- generated, see CONTRIBUTING.md -->\n");
        page.Append($"{ShippedFile.All.Count} rules come with Reeve, for {CoverageData.Behaviours.Count(row => row.Missing.Length == 0)} of the {CoverageData.Behaviours.Count} behaviours below. Whether a rule sees\n");
        page.Append("anything depends on the audit policy; the page of each says what it needs.\n\n");
        page.Append("## By behaviour\n\nThe numbers are those that rules name in their tags, like `catalogue.b034`.\n\n");
        page.Append(Markdown.Table(["", "Behaviour", "Rules", "ATT&CK", "Threat Matrix"], CoverageData.Behaviours.Select(Row)));
        page.Append("\n## By technique of MITRE ATT&CK\n\nThe platform Containers of version 18. A technique is covered, too, where one below it is.\n\n");
        page.Append(Techniques(CoverageData.Attack.Where(item => item.IsOurs), "attack."));
        page.Append("\nOf other platforms, where the rules come upon them:\n\n");
        page.Append(Techniques(CoverageData.Attack.Where(item => !item.IsOurs), "attack."));
        page.Append("\n## By technique of Microsoft's Threat Matrix for Kubernetes\n\n");
        page.Append(Techniques(CoverageData.ThreatMatrix, "threat-matrix."));
        page.Append('\n').Append(Unseen);
        return page.ToString();
    }

    /// <summary>The rules for a technique or one below it.</summary>
    public static IReadOnlyList<ShippedFile> For(CoverageItem item, string prefix) =>
        [.. ShippedFile.All.Where(file => file.Tags(prefix).Any(tag => tag.Equals(item.Id, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(item.Id + ".", StringComparison.OrdinalIgnoreCase)))];

    private const string Unseen =
        """
        ## What audit logs cannot show

        The API server writes down what it is asked, and nothing else happens there. So no rule over its log, whoever wrote it, sees:

        * what a program does once it runs: its files, its processes, its connections. What starts it is seen, and what its token asks of the API server.
        * what is typed into a shell that exec opened. The command that was asked for is seen.
        * what a kubelet is asked directly, on its own port, and what is asked of etcd: neither passes the API server.
        * traffic between pods, and from outside to pods and nodes.
        * what somebody with a shell on a node does. The mirror of a static pod is seen, and what the node's credentials are used for.
        * whether a secret that a pod mounts is read. That the pod mounts it is seen.
        * who tried a wrong password or token: a failed sign-in has no name.
        * the clouds' own interfaces: who may use a cluster, what its nodes may do. Their own logs have that.
        * what the audit policy leaves out, and bodies that are cut. Reeve says where that happened: search for `integrity:*`, and see the rules in [integrity](rules/README.md).

        """;

    private static string[] Row(CoverageItem row)
    {
        var files = For(row, "catalogue.");
        return
        [
            row.Id.ToUpperInvariant(), Markdown.Escape(row.Name), files.Count > 0 ? Links.To(files, Rules) : $"left out: {Markdown.Escape(row.Missing)}",
            string.Join(", ", files.SelectMany(file => file.Tags("attack.t")).Select(tag => "T" + tag.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal)),
            string.Join(", ", files.SelectMany(file => file.Tags("threat-matrix.")).Select(tag => tag.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal)),
        ];
    }

    private static string Techniques(IEnumerable<CoverageItem> items, string prefix) => Markdown.Table(
        ["", "Technique", "Tactics", "In the audit log", "Rules"],
        items.Select(item => new[] { item.Id, Markdown.Escape(item.Name), string.Join(", ", item.Tactics), Markdown.Escape(item.Seen), For(item, prefix) is { Count: > 0 } files ? Links.To(files, Rules) : "none" }));
}
