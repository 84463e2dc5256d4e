using System.Security.Cryptography;
using System.Text;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Suggestion;
using Reeve.Server.Alerts.Rules;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Policies;

/// <summary>
/// What can be asked of an audit policy beside the rules and the traffic of this server. Thread-safe; whatever takes a processor runs one at
/// a time, and once for all who ask the same.
/// </summary>
internal sealed class PolicyWorkbench
{
    /// <summary>How policies are named in messages.</summary>
    public const string File = "policy";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSuggestion = TimeSpan.FromMinutes(5);

    private readonly RuleBook _rules;
    private readonly SharedWork<CoverageReport> _coverage;
    private readonly SharedWork<PolicySuggestion> _suggestions;
    private readonly SharedWork<PolicyComparison> _comparisons;
    private readonly SharedWork<ChangePrice> _prices;

    public PolicyWorkbench(RuleBook rules, TimeProvider time)
    {
        _rules = rules;
        var gate = new SemaphoreSlim(1);
        _coverage = new(gate, kept: 4, Longest, time);
        // What takes minutes keeps nobody waiting who asks for what takes seconds.
        _suggestions = new(new SemaphoreSlim(1), kept: 0, LongestSuggestion, time);
        _comparisons = new(gate, kept: 0, Longest, time);
        _prices = new(gate, kept: 0, Longest, time);
    }

    /// <summary>Reads a policy, off the caller's thread.</summary>
    public static Task<PolicyReading> ReadAsync(string text, CancellationToken ct) => Task.Run(() => PolicyReader.Read(File, text, ct), ct);

    /// <summary>What each rule and control sees under a policy; without prices.</summary>
    /// <param name="text">The policy's text.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="PolicyWorkException">The policy is too large, or the server has no time for it.</exception>
    public Task<CoverageReport> CoverageAsync(string text, AuditPolicy policy, CancellationToken ct) => CoverageAsync(text, policy, traffic: null, ct);

    /// <summary>The same with the price of each change.</summary>
    public Task<CoverageReport> CoverageAsync(string text, AuditPolicy policy, RecordedTraffic? traffic, CancellationToken ct)
    {
        Refuse(policy);
        var loaded = _rules.Current;
        var question = (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))), loaded, traffic);
        return _coverage.RunAsync(question, isKept: traffic is null, stop => CoverageReport.Of(policy, loaded.Rules, loaded.Lists, FindingLevel.Informational, traffic, stop), ct);
    }

    /// <summary>What each rule and control sees in what was recorded, whatever the policy.</summary>
    public Task<CoverageReport> ObservedCoverageAsync(StoredTraffic traffic, CancellationToken ct)
    {
        var loaded = _rules.Current;
        var mix = RecordedMix.Of(traffic.Traffic);
        Refuse(ObservedPolicy.Of(mix));
        return _coverage.RunAsync((loaded, traffic), isKept: false, stop => CoverageReport.Of(policy: null, loaded.Rules, loaded.Lists, FindingLevel.Informational, mix, stop), ct);
    }

    /// <summary>What a policy would have recorded, beside another or by itself.</summary>
    /// <param name="first">The one; the same as <paramref name="second"/> where there is no other.</param>
    /// <param name="second">The policy.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="PolicyWorkException">A policy is too large, or the server has no time for it.</exception>
    public Task<PolicyComparison> CompareAsync(AuditPolicy first, AuditPolicy second, StoredTraffic traffic, CancellationToken ct)
    {
        Refuse(first);
        Refuse(second);
        return _comparisons.RunAsync(
            (first, second, traffic), isKept: false,
            stop => ReferenceEquals(first, second) && PolicyForecast.Of(first, traffic.Traffic, stop) is var forecast ? new(forecast, forecast, []) : PolicyComparison.Of(first, second, traffic.Traffic, stop),
            ct);
    }

    /// <summary>What a change of a policy adds to what is recorded.</summary>
    /// <param name="policy">The policy without it.</param>
    /// <param name="change">The change.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="PolicyWorkException">The policy is too large, or the server has no time for it.</exception>
    public Task<ChangePrice> PriceAsync(AuditPolicy policy, PolicyChange change, StoredTraffic traffic, CancellationToken ct)
    {
        Refuse(policy);
        return _prices.RunAsync((change, traffic), isKept: false, stop => ChangePrice.Of(change, PolicyForecast.Of(policy, traffic.Traffic, stop), traffic.Traffic, stop), ct);
    }

    /// <summary>A policy that records what rules need and little else.</summary>
    /// <param name="keep">From which level on rules go on to see all they could.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="progress">Told what it is doing, and how much of it is done, 0 to 1; not where it is done for another already.</param>
    /// <param name="ct">Ends it.</param>
    public Task<PolicySuggestion> SuggestAsync(FindingLevel keep, StoredTraffic traffic, Action<string, double>? progress, CancellationToken ct)
    {
        var loaded = _rules.Current;
        return _suggestions.RunAsync((keep, loaded, traffic), isKept: false, stop => new PolicySuggester(loaded.Rules, keep, traffic.Traffic).Suggest(progress, stop), ct);
    }

    private static void Refuse(AuditPolicy policy)
    {
        if (PolicySize.Excess(policy) is { } excess)
            throw new PolicyWorkException(excess, isForever: true);
    }
}
