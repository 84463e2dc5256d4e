using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Writing;

namespace Reeve.Server.Policies;

/// <summary>Puts a change into the text of a policy, so that its comments and its form stay.</summary>
internal static class PolicyPatch
{
    private const string Indent = "  ";

    /// <summary>The changed text; null where the text is of a form into which it cannot be put, as one in JSON.</summary>
    /// <param name="text">The policy's text.</param>
    /// <param name="reading">What was read of it.</param>
    /// <param name="change">The change.</param>
    public static string? Apply(string text, PolicyReading reading, PolicyChange change)
    {
        if (reading.Policy is not { Rules.IsEmpty: false } policy || change.Stages != AuditStages.None)
            return null;
        var lines = text.Split('\n').ToList();
        foreach (var place in change.Insertions.GroupBy(insertion => insertion.Before).OrderByDescending(group => group.Key))
        {
            var last = place.Key == policy.Rules.Length;
            var at = reading.PlaceOf($"rules[{(last ? place.Key - 1 : place.Key)}]");
            if (DashOf(lines, at.Line, at.Column) is not { } indent)
                return null;
            lines.InsertRange(last ? AfterItem(lines, at.Line, indent) : BeforeItem(lines, at.Line), place.SelectMany(insertion => Written(insertion.Rule, indent)));
        }

        var changed = string.Join('\n', lines);
        return PolicyReader.Read(PolicyWorkbench.File, changed).Policy is { } result && PolicyWriter.Write(result) == PolicyWriter.Write(change.Changed) ? changed : null;
    }

    // How far the dash of a list's item is from the left; null where the item does not begin its line.
    private static int? DashOf(List<string> lines, int line, int column)
    {
        if (line < 1 || line > lines.Count || column < 2 || column - 1 > lines[line - 1].Length)
            return null;
        var before = lines[line - 1][..(column - 1)].TrimEnd();
        return before.EndsWith('-') && string.IsNullOrWhiteSpace(before[..^1]) ? before.Length - 1 : null;
    }

    // The comment above a rule is its own.
    private static int BeforeItem(List<string> lines, int line)
    {
        var at = line - 1;
        while (at > 0 && lines[at - 1].AsSpan().TrimStart().StartsWith("#"))
            at--;
        return at;
    }

    private static int AfterItem(List<string> lines, int line, int indent)
    {
        var end = line;
        for (var at = line; at < lines.Count; at++)
        {
            var trimmed = lines[at].AsSpan().TrimStart();
            if (trimmed.IsWhiteSpace() || trimmed[0] == '#')
                continue;
            if (lines[at].Length - trimmed.Length <= indent)
                break;
            end = at + 1;
        }

        return end;
    }

    private static IEnumerable<string> Written(PolicyRule rule, int indent) => PolicyWriter.Write(rule)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => new string(' ', indent) + line[Indent.Length..]);
}
