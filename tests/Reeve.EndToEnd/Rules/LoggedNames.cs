using System.Text.Json;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd.Rules;

/// <summary>Whom and what the recorded logs name: people, accounts, namespaces and objects, without Kubernetes' own.</summary>
internal static class LoggedNames
{
    // Every cluster has them.
    private static readonly string[] Kubernetes = ["default", "cluster-admin", "admin", "edit", "view", "coredns", "kubernetes"];

    /// <summary>Them, as all logs of a folder have them, those in its folders too.</summary>
    public static IReadOnlySet<string> Of(string folder)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories).SelectMany(RawLogs.LinesOf))
        {
            using var document = JsonDocument.Parse(line);
            Add(document.RootElement, names);
        }

        names.ExceptWith(Kubernetes);
        return names;
    }

    private static void Add(JsonElement value, HashSet<string> names)
    {
        var user = Text(value, "user", "username");
        AddName(user, names);
        AddName(Text(value, "impersonatedUser", "username"), names);
        if (IsOfKubernetes(user))
            return;
        AddName(Text(value, "objectRef", "namespace"), names);
        AddName(Text(value, "objectRef", "name"), names);
    }

    private static void AddName(string name, HashSet<string> names)
    {
        if (name.Any(char.IsLetter) && !name.StartsWith("system:", StringComparison.Ordinal) && !name.StartsWith("kube-", StringComparison.Ordinal))
            names.Add(name);
    }

    // What only the control plane and nodes speak of is named by Kubernetes, or after something that a person named.
    private static bool IsOfKubernetes(string user) =>
        user.StartsWith("system:", StringComparison.Ordinal) && user != "system:anonymous"
        && (!user.StartsWith("system:serviceaccount:", StringComparison.Ordinal) || user.StartsWith("system:serviceaccount:kube-system:", StringComparison.Ordinal));

    private static string Text(JsonElement value, string parent, string name) =>
        value.TryGetProperty(parent, out var found) && found.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
