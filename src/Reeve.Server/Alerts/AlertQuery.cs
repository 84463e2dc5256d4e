using System.Globalization;
using System.Runtime.InteropServices;
using Reeve.Audit.Findings;

namespace Reeve.Server.Alerts;

/// <summary>Which alerts to list. Every part that is set must hold.</summary>
public sealed record AlertQuery
{
    /// <summary>The most alerts of one answer.</summary>
    public const int MostRows = 1_000;

    /// <summary>Only open ones, or only closed ones; null for both.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>The least level.</summary>
    public FindingLevel MinLevel { get; init; }

    /// <summary>The id or title of a rule.</summary>
    public string? Rule { get; init; }

    /// <summary>The cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>A text that stands in actor, object, title or sentence; upper and lower case letters of ASCII are the same.</summary>
    public string? Text { get; init; }

    /// <summary>The latest event is not before this, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>The earliest event is before this, UTC.</summary>
    public DateTime? To { get; init; }

    /// <summary>Go on behind this place.</summary>
    public AlertPlace? After { get; init; }

    /// <summary>How many at most, 1 to <see cref="MostRows"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A place in the list of alerts: the latest first.</summary>
/// <param name="Last">The time of an alert's latest event, in microseconds since the Unix epoch.</param>
/// <param name="Number">Its number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AlertPlace(long Last, long Number)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, out AlertPlace place)
    {
        place = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
            || !long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        place = new AlertPlace(last, number);
        return true;
    }

    /// <summary><c>last:number</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Last}:{Number}");
}

/// <summary>Some alerts.</summary>
/// <param name="Alerts">The latest first.</param>
/// <param name="Next">Where more begin; null where there are none.</param>
public sealed record AlertPage(IReadOnlyList<StoredAlert> Alerts, AlertPlace? Next);
