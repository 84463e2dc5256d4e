using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Audit.Tests.Policy;

/// <summary>Policies and requests of so few words that they often meet.</summary>
internal sealed class RandomPolicies(Random random)
{
    private static readonly string[] Users = ["ana", "ben", "*"];
    private static readonly string[] Groups = ["dev", "ops"];
    private static readonly string[] Verbs = ["get", "list", "create"];
    private static readonly string[] Namespaces = ["", "shop", "*"];
    private static readonly string[] ApiGroups = ["", "apps"];
    private static readonly string[] Resources = ["pods", "nodes"];
    private static readonly string[] Subresources = ["", "log", "status"];
    private static readonly string[] Written = ["pods", "nodes", "pods/log", "pods/*", "*/log", "*/status", "*", "*/*", "nodes/status"];
    private static readonly string[] Names = ["", "a", "b"];
    private static readonly string[] Paths = ["/logs", "/logs/a", "/logsfoo", "/healthz", "/"];
    private static readonly string[] Urls = ["/logs*", "/logs/*", "/healthz", "*", "/logs", "/**"];

    public AuditPolicy Policy() => new()
    {
        Rules = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Rule())],
        OmitStages = (AuditStages)random.Next(16),
        OmitManagedFields = random.Next(2) == 0,
    };

    public PolicyRule Rule()
    {
        var target = random.Next(4);
        return new()
        {
            Level = (AuditLevel)random.Next(4),
            Users = Some(Users, 4),
            UserGroups = Some(Groups, 4),
            Verbs = Some(Verbs, 2),
            Namespaces = target == 1 ? Some(Namespaces, 2) : [],
            Resources = target is 1 or 2 ? [.. Enumerable.Range(0, random.Next(3)).Select(_ => ResourcesOfGroup())] : [],
            NonResourceUrls = target == 3 ? Some(Urls, 1) : [],
            OmitStages = (AuditStages)random.Next(16),
            OmitManagedFields = random.Next(3) switch { 0 => true, 1 => false, _ => null },
        };
    }

    public PolicyRequest Request()
    {
        var request = new PolicyRequest { User = random.Next(6) == 0 ? null : Any(Users), Groups = Some(Groups, 2), Verb = Any(Verbs) };
        return random.Next(3) == 0
            ? request with { Path = Any(Paths) }
            : request with
            {
                IsResource = true,
                Namespace = Any(Namespaces),
                ApiGroup = Any(ApiGroups),
                Resource = Any(Resources),
                Subresource = Any(Subresources),
                Name = Any(Names),
                Path = "/x",
            };
    }

    private GroupResources ResourcesOfGroup() => new()
    {
        Group = random.Next(4) == 0 ? "*" : Any(ApiGroups),
        Resources = Some(Written, 2),
        ResourceNames = Some(Names, 3),
    };

    private ImmutableArray<string> Some(string[] of, int oneIn) => random.Next(oneIn) > 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Any(of))];

    private string Any(string[] of) => of[random.Next(of.Length)];
}
