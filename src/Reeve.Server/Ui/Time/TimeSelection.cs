using System.Globalization;

namespace Reeve.Server.Ui.Time;

/// <summary>The time range of a page as a person chose it: "the last hour" stays so, whenever the address is opened.</summary>
public abstract record TimeSelection
{
    private TimeSelection()
    {
    }

    /// <summary>What a page shows where its address says nothing.</summary>
    public static TimeSelection Default { get; } = new Last(TimeSpan.FromHours(24));

    /// <summary>The ranges offered by name.</summary>
    public static IReadOnlyList<TimeSelection> Presets { get; } =
    [
        new Last(TimeSpan.FromMinutes(15)), new Last(TimeSpan.FromHours(1)), Default,
        new Last(TimeSpan.FromDays(7)), new Last(TimeSpan.FromDays(30)), new All(),
    ];

    /// <summary>From <see cref="Span"/> ago until now, and whatever comes.</summary>
    public sealed record Last(TimeSpan Span) : TimeSelection;

    /// <summary>Every event.</summary>
    public sealed record All : TimeSelection;

    /// <summary>A fixed part of the past, UTC; <see cref="To"/> is exclusive.</summary>
    public sealed record Between(DateTime From, DateTime To) : TimeSelection;

    /// <summary>Whether new events can fall into it.</summary>
    public bool IsOpen => this is not Between;

    /// <summary>The bounds at <paramref name="now"/>, UTC, the end exclusive; null where there is none.</summary>
    public (DateTime? From, DateTime? To) At(DateTimeOffset now) => this switch
    {
        Last last => (now.UtcDateTime - last.Span, null),
        Between between => (between.From, between.To),
        _ => (null, null),
    };

    /// <summary>In words: "Last 24 hours".</summary>
    public string Words(DisplayZone zone) => this switch
    {
        Last last => "Last " + Amount(last.Span),
        Between between => $"{zone.Short(between.From)} – {zone.Short(between.To)}",
        _ => "All time",
    };

    /// <summary>The values of <c>from</c> and <c>to</c> in an address; null leaves one out.</summary>
    public (string? From, string? To) Address() => this switch
    {
        Last last when this == Default => (null, null),
        Last last => ("-" + Compact(last.Span), null),
        Between between => (Stamp(between.From), Stamp(between.To)),
        _ => ("all", null),
    };

    /// <summary>Reads <c>from</c> and <c>to</c> of an address; what cannot be read is the default.</summary>
    public static TimeSelection Parse(string? from, string? to)
    {
        if (from == "all")
            return new All();
        if (TimeInput.TrySpan(from, out var span))
            return new Last(span);
        return TryStamp(from, out var start) && TryStamp(to, out var end) && start < end ? new Between(start, end) : Default;
    }

    private static string Amount(TimeSpan span)
    {
        var (count, unit) = Unit(span);
        return unit switch
        {
            'd' => count == 1 ? "day" : $"{count} days",
            'h' => count == 1 ? "hour" : $"{count} hours",
            'm' => count == 1 ? "minute" : $"{count} minutes",
            _ => count == 1 ? "second" : $"{count} seconds",
        };
    }

    private static string Compact(TimeSpan span)
    {
        var (count, unit) = Unit(span);
        return $"{count}{unit}";
    }

    // "Last 24 hours" reads better than "last day", so days begin at two.
    private static (long Count, char Unit) Unit(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        return seconds switch
        {
            _ when seconds % 86400 == 0 && seconds > 86400 => (seconds / 86400, 'd'),
            _ when seconds % 3600 == 0 => (seconds / 3600, 'h'),
            _ when seconds % 60 == 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
    }

    private static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryStamp(string? text, out DateTime time) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out time);
}
