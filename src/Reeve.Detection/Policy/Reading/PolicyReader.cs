using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Linting;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Detection.Policy.Reading;

/// <summary>
/// Reads audit policies, YAML or JSON, as the apiserver does (k8s.io/apiserver, pkg/audit/policy/reader.go): strictly, and where that
/// finds keys it does not know or keys that stand twice, leniently with a warning. No text makes it throw.
/// </summary>
public static class PolicyReader
{
    /// <summary>The longest policy that is read, in characters.</summary>
    public const int Longest = 1 << 20;

    private const string ApiVersion = "audit.k8s.io/v1";

    private static readonly string[] Keys = ["apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields"];

    private static readonly string[] RuleKeys = ["level", "users", "userGroups", "verbs", "resources", "namespaces", "nonResourceURLs", "omitStages", "omitManagedFields"];

    private static readonly string[] ResourceKeys = ["group", "resources", "resourceNames"];

    /// <summary>Reads one, and says what is wrong or looks wrong with it.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static PolicyReading Read(string file, string text, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = new RulePlace(file);
        if (text.Length > Longest)
            return Refused(new(whole, $"it is longer than {Longest:N0} characters; no audit policy is"));
        try
        {
            return YamlTree.ParseWithAliases(text) is { } root ? Read(file, root, ct) : Refused(new(whole, "it is empty; an audit policy begins with apiVersion, kind and rules"));
        }
        catch (YamlException failure)
        {
            return Refused(new(new(file, (int)failure.Start.Line, (int)failure.Start.Column), $"it is no YAML: {failure.Message}"));
        }
    }

    private static PolicyReading Refused(RuleProblem problem) =>
        new(null, [problem], ImmutableDictionary<string, RulePlace>.Empty.Add("", problem.Place));

    private static PolicyReading Read(string file, YamlNode root, CancellationToken ct)
    {
        var tree = new PolicyTree(file);
        var policy = PolicyOf(tree.Root(root));
        if (!tree.HasErrors)
            tree.Add(PolicyValidation.Check(policy), isError: true);
        ct.ThrowIfCancellationRequested();
        if (!tree.HasErrors)
            tree.Add(PolicyLinter.Check(policy, ct), isError: false);
        return new(tree.HasErrors ? null : policy, [.. tree.Problems.OrderBy(problem => problem.Place.Line).ThenBy(problem => problem.Place.Column)], tree.Places.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static AuditPolicy PolicyOf(PolicyNode root)
    {
        var keys = root.Keys(Keys, "an audit policy");
        CheckKind(root, keys);
        return new AuditPolicy
        {
            OmitStages = StagesOf(keys.At("omitStages")),
            OmitManagedFields = keys.At("omitManagedFields").Flag() ?? false,
            Rules = [.. keys.At("rules").Items("rules").Select(RuleOf)],
        };
    }

    private static void CheckKind(PolicyNode root, PolicyKeys keys)
    {
        if (keys.At("apiVersion").Text() is not { Length: > 0 } version)
            root.Wrong($"it does not say apiVersion: {ApiVersion} (the apiserver: unknown group version field)");
        else if (version != ApiVersion)
            keys.At("apiVersion").Wrong($"apiVersion is {PolicyProblem.Quote(version)}; the apiserver takes {ApiVersion} alone");
        if (keys.At("kind").Text() is not { Length: > 0 } kind)
            root.Wrong("it does not say kind: Policy");
        else if (kind != "Policy")
            keys.At("kind").Wrong($"kind is {PolicyProblem.Quote(kind)}; an audit policy is of kind Policy");
    }

    private static PolicyRule RuleOf(PolicyNode node)
    {
        var keys = node.Keys(RuleKeys, "a rule");
        return new PolicyRule
        {
            Level = LevelOf(node, keys.At("level")),
            Users = keys.At("users").Texts(),
            UserGroups = keys.At("userGroups").Texts(),
            Verbs = keys.At("verbs").Texts(),
            Namespaces = keys.At("namespaces").Texts(),
            NonResourceUrls = keys.At("nonResourceURLs").Texts(),
            Resources = [.. keys.At("resources").Items("resources").Select(ResourcesOf)],
            OmitStages = StagesOf(keys.At("omitStages")),
            OmitManagedFields = keys.At("omitManagedFields").Flag(),
        };
    }

    private static GroupResources ResourcesOf(PolicyNode node)
    {
        var keys = node.Keys(ResourceKeys, "an entry of resources");
        return new GroupResources { Group = keys.At("group").Text() ?? "", Resources = keys.At("resources").Texts(), ResourceNames = keys.At("resourceNames").Texts() };
    }

    private static AuditLevel LevelOf(PolicyNode rule, PolicyNode node)
    {
        if (node.Text() is not { Length: > 0 } text)
            rule.Wrong($"the rule does not say its level: {LevelNames.All}");
        else if (LevelNames.TryParse(text, out var level))
            return level;
        else
            node.Wrong($"level {PolicyProblem.Quote(text)} is none of {LevelNames.All}");
        return AuditLevel.None;
    }

    private static AuditStages StagesOf(PolicyNode node)
    {
        var stages = AuditStages.None;
        foreach (var item in node.Items("omitStages"))
        {
            if (item.Text() is { } name && StageNames.TryParse(name, out var stage))
                stages |= stage;
            else
                item.Wrong($"{item.Words} is no stage; stages are RequestReceived, ResponseStarted, ResponseComplete and Panic");
        }

        return stages;
    }
}
