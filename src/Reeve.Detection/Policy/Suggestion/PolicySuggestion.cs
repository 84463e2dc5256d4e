using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Policy.Suggestion;

/// <summary>An audit policy that records what rules need, and of the rest as little as tells who did what. Immutable.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Comments">What each of its rules is for, by its index.</param>
/// <param name="Forecast">What it would record of the traffic it was made for.</param>
/// <param name="Everything">What recording everything would.</param>
/// <param name="Weakened">Rules that see less than all under it, with what it would cost to change that.</param>
/// <param name="Offers">What could be left out besides, and whom that would weaken.</param>
public sealed record PolicySuggestion(
    AuditPolicy Policy, ImmutableDictionary<int, string> Comments, PolicyForecast Forecast, PolicyForecast Everything, ImmutableArray<WeakenedRule> Weakened,
    ImmutableArray<DropOffer> Offers)
{
    /// <summary>Whether the traffic lacks bodies, so that recording everything would be more than told and the saving greater.</summary>
    public bool IsLeast => Everything.WithoutBodies > 0;

    /// <summary>How much less it records than everything, 0 to 1 of the bytes; 0 without traffic.</summary>
    public double Saving => Everything.Total.Bytes > 0 ? 1 - Forecast.Total.ShareOf(Everything.Total) : 0;
}

/// <summary>A rule that sees less than all.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Sight">What it sees.</param>
/// <param name="Price">What recording the rest would add.</param>
/// <param name="RecordsSecrets">Whether that would put secret values into the log.</param>
public sealed record WeakenedRule(Rule Rule, Sight Sight, ChangePrice Price, bool RecordsSecrets);

/// <summary>Requests that need not be recorded, unless some rules are to see them.</summary>
/// <param name="What">What they are, as the end of "leave out …".</param>
/// <param name="Rule">The rule that leaves them out, to stand first.</param>
/// <param name="Saving">What it would save in the time of the traffic.</param>
/// <param name="Weakens">The rules that would not see all any more.</param>
public sealed record DropOffer(string What, PolicyRule Rule, Volume Saving, ImmutableArray<Rule> Weakens);
