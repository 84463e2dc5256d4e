using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Writing;

/// <summary>Writes audit policies as people do: short lists in one line, a comment above each rule. What is written reads back as the same policy.</summary>
public static class PolicyWriter
{
    private const int LongestLine = 120;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="head">Lines of comment above it; may be empty.</param>
    /// <param name="comments">Lines of comment above each rule, by its index; may lack some.</param>
    public static string Write(AuditPolicy policy, string head = "", IReadOnlyDictionary<int, string>? comments = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder();
        Comment(text, head, "");
        text.Append("apiVersion: audit.k8s.io/v1\nkind: Policy\n");
        if (policy.OmitStages != AuditStages.None)
            List(text, "", "omitStages", policy.OmitStages.Each().Select(stage => stage.ToString()));
        if (policy.OmitManagedFields)
            text.Append("omitManagedFields: true\n");
        text.Append(policy.Rules.IsEmpty ? "rules: []\n" : "rules:\n");
        for (var index = 0; index < policy.Rules.Length; index++)
        {
            Comment(text, comments?.GetValueOrDefault(index) ?? "", "  ");
            Rule(text, policy.Rules[index]);
        }

        return text.ToString();
    }

    /// <summary>One rule, as an item of <c>rules</c>.</summary>
    public static string Write(PolicyRule rule)
    {
        var text = new StringBuilder();
        Rule(text, rule);
        return text.ToString();
    }

    private static void Rule(StringBuilder text, PolicyRule rule)
    {
        text.Append($"  - level: {rule.Level}\n");
        List(text, "    ", "users", rule.Users);
        List(text, "    ", "userGroups", rule.UserGroups);
        List(text, "    ", "verbs", rule.Verbs);
        if (!rule.Resources.IsEmpty)
            text.Append("    resources:\n");
        foreach (var resources in rule.Resources)
        {
            text.Append($"      - group: {Quoted(resources.Group)}{(resources.Group.Length == 0 ? " # core" : "")}\n");
            List(text, "        ", "resources", resources.Resources);
            List(text, "        ", "resourceNames", resources.ResourceNames);
        }

        List(text, "    ", "namespaces", rule.Namespaces);
        List(text, "    ", "nonResourceURLs", rule.NonResourceUrls);
        List(text, "    ", "omitStages", rule.OmitStages.Each().Select(stage => stage.ToString()));
        if (rule.OmitManagedFields is { } omit)
            text.Append($"    omitManagedFields: {(omit ? "true" : "false")}\n");
    }

    private static void List(StringBuilder text, string indent, string key, IEnumerable<string> texts)
    {
        var quoted = texts.Select(Quoted).ToImmutableArray();
        if (quoted.IsEmpty)
            return;
        var line = $"{indent}{key}: [{string.Join(", ", quoted)}]";
        if (line.Length <= LongestLine)
        {
            text.Append(line).Append('\n');
            return;
        }

        text.Append($"{indent}{key}:\n");
        foreach (var each in quoted)
            text.Append($"{indent}  - {each}\n");
    }

    private static void Comment(StringBuilder text, string comment, string indent)
    {
        foreach (var line in comment.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append($"{indent}# {InComment(line)}\n");
    }

    /// <summary>A text as a comment can hold it: names come from logs, and no line end in one may end the comment.</summary>
    internal static string InComment(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' ? '?' : character));

    // What JSON quotes, YAML reads.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);
}
