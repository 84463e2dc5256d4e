using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>One of the kinds of callers that the rules of a policy tell apart, standing for all of its kind. Not thread-safe.</summary>
/// <param name="Kind">Who: a user or a group that the policy names, or all others.</param>
/// <param name="Name">The user or group; empty where it is neither.</param>
/// <param name="User">The user by which the policy is asked; null of failed authentications.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="UserKnown">What is known of <c>user.username</c>; null where nothing is.</param>
/// <param name="GroupsKnown">What is known of <c>user.groups</c>; null where nothing is.</param>
internal sealed record Caller(CallerKind Kind, string Name, string? User, ImmutableArray<string> Groups, Known? UserKnown, Known? GroupsKnown)
{
    private const string Authenticated = "system:authenticated";
    private const string Unauthenticated = "system:unauthenticated";
    private const string Anonymous = "system:anonymous";
    private const string ServiceAccount = "system:serviceaccount:";
    private const string Node = "system:node:";

    // What no policy names.
    private const string Nobody = "\u0001";

    /// <summary>The callers that some rules tell apart; everybody as one where they name nobody.</summary>
    public static IEnumerable<Caller> Of(IReadOnlyList<PolicyRule> rules)
    {
        var users = rules.SelectMany(rule => rule.Users).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var groups = rules.SelectMany(rule => rule.UserGroups).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return [.. users.SelectMany(user => OfUser(user, rules)), .. groups.Select(group => OfGroup(group, users)), Others(users, groups)];
    }

    /// <summary>Who failed to authenticate, and so has no name.</summary>
    public static Caller WhoFailed { get; } = new(CallerKind.WhoFailed, "", null, [], null, null);

    /// <summary>What is known of an event of theirs.</summary>
    public PartialEvent In(PartialEvent known)
    {
        if (Kind == CallerKind.WhoFailed)
            return known.Without("user").Without("impersonatedUser").Without("actor");
        if (UserKnown is not null)
            known = known.With("user.username", UserKnown).With("actor", UserKnown);
        return GroupsKnown is null ? known : known.With("user.groups", GroupsKnown);
    }

    // As a rule may name users and groups, each is tried with the groups that stand beside it.
    private static IEnumerable<Caller> OfUser(string user, IReadOnlyList<PolicyRule> rules)
    {
        var own = GroupsOf(user);
        var beside = rules.Where(rule => rule.Users.Contains(user)).SelectMany(rule => rule.UserGroups).Distinct(StringComparer.Ordinal).Except(own, StringComparer.Ordinal);
        return beside.Select(group => own.Add(group)).Prepend(own)
            .Select(groups => new Caller(CallerKind.User, user, user, groups, new Known.Text(user), Among(groups)));
    }

    private static Caller OfGroup(string group, ImmutableArray<string> users)
    {
        ImmutableArray<string> groups = group is Unauthenticated or Authenticated ? [group] : [group, Authenticated];
        Known user = BeginningOf(group) is { } beginning ? new Known.Beginning(beginning)
            : group == Unauthenticated ? new Known.Text(Anonymous)
            : new Known.NoneOf(users, []);
        return new Caller(CallerKind.Group, group, Nobody, groups, user, Among(groups));
    }

    private static Caller Others(ImmutableArray<string> users, ImmutableArray<string> groups)
    {
        var beginnings = groups.Select(BeginningOf).OfType<string>().ToList();
        var named = groups.Where(group => group != Authenticated).ToList();
        return new Caller(
            CallerKind.Others, "", Nobody, [Authenticated],
            users.Length + beginnings.Count == 0 ? null : new Known.NoneOf(users, beginnings),
            named.Count == 0 ? null : new Known.NoneOf(named, []));
    }

    // Nobody is both known and unknown.
    private static Known.Among Among(ImmutableArray<string> groups) => new(groups, [groups.Contains(Unauthenticated) ? Authenticated : Unauthenticated]);

    // Kubernetes' own conventions for names and groups.
    private static ImmutableArray<string> GroupsOf(string user) =>
        user == Anonymous ? [Unauthenticated]
        : user.StartsWith(Node, StringComparison.Ordinal) ? ["system:nodes", Authenticated]
        : user.StartsWith(ServiceAccount, StringComparison.Ordinal) && user.Split(':') is [_, _, var space, _] ? ["system:serviceaccounts", $"system:serviceaccounts:{space}", Authenticated]
        : [Authenticated];

    private static string? BeginningOf(string group) => group switch
    {
        "system:nodes" => Node,
        "system:serviceaccounts" => ServiceAccount,
        _ when group.StartsWith("system:serviceaccounts:", StringComparison.Ordinal) => $"{ServiceAccount}{group["system:serviceaccounts:".Length..]}:",
        _ => null,
    };
}

/// <summary>Whom a caller stands for.</summary>
internal enum CallerKind : byte
{
    /// <summary>One user.</summary>
    User,

    /// <summary>The users of a group.</summary>
    Group,

    /// <summary>Everybody else.</summary>
    Others,

    /// <summary>Who failed to authenticate.</summary>
    WhoFailed,
}
