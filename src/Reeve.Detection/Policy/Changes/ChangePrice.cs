using System.Runtime.InteropServices;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;

namespace Reeve.Detection.Policy.Changes;

/// <summary>What a change of a policy adds to what is recorded, told from recorded traffic.</summary>
/// <param name="Volume">How much, in the time of the traffic.</param>
/// <param name="Basis">How far that is to be believed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChangePrice(Volume Volume, PriceBasis Basis)
{
    /// <summary>Prices a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="before">What the policy without it records of the traffic.</param>
    /// <param name="traffic">The traffic.</param>
    /// <param name="ct">Ends it.</param>
    public static ChangePrice Of(PolicyChange change, PolicyForecast before, RecordedTraffic traffic, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(before);
        var after = PolicyForecast.Of(change.Changed, traffic, ct);
        var inserted = change.InsertedAt.ToHashSet();
        // What its rules are for may be missing because nobody did it, or because the policy of the log left it out.
        var isUnseen = inserted.Count > 0 && after.Rules.Where(rule => inserted.Contains(rule.Rule)).All(rule => rule.Decided.Events == 0);
        return new(
            after.Total - before.Total,
            isUnseen ? PriceBasis.Unknown : after.WithoutBodies > before.WithoutBodies ? PriceBasis.AtLeast : PriceBasis.Known);
    }
}

/// <summary>How far a price is to be believed.</summary>
public enum PriceBasis
{
    /// <summary>The traffic has what the change records.</summary>
    Known,

    /// <summary>The traffic lacks bodies that would be recorded: it is more.</summary>
    AtLeast,

    /// <summary>The traffic has none of the requests that the change is for.</summary>
    Unknown,
}
