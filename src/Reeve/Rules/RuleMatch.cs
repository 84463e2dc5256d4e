using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Reeve.Detection;
using Reeve.Detection.Correlation;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Rules;

/// <summary>Matches rules with JSON objects of any sort, whatever log source they name. Not thread-safe.</summary>
internal sealed class RuleMatch
{
    // Seconds since 1970 until the year 5138; milliseconds since 1973.
    private const double FirstMilliseconds = 1e11;

    private readonly RuleSet _rules;
    private readonly string? _timeField;
    private readonly TimeProvider _time;
    private readonly MatchSession _session;
    private readonly CorrelationEngine _correlations;
    private ulong _sequence;

    public RuleMatch(RuleSet rules, string? timeField, TimeProvider time)
    {
        rules = rules.Awake;
        (_rules, _timeField, _time) = (rules, timeField, time);
        _session = Matcher.Compile([.. rules.Detections.Select(rule => rule.Condition)], rules.Correlations.SelectMany(rule => rule.FieldsRead)).NewSession();
        _correlations = new CorrelationEngine(rules, DetectionOptions.Finite.Correlation);
    }

    /// <summary>Matches an event; false where it is no JSON object or has no time.</summary>
    public bool TryMatch(string json, out RuleMatchResult result, [NotNullWhen(false)] out string? problem)
    {
        result = new RuleMatchResult([], []);
        if (!TryReadTime(json, out var time, out problem))
            return false;
        var matched = _session.Match(Encoding.UTF8.GetBytes(json));
        var reference = new EventReference(++_sequence, time, UInt128.Zero, "", "", "", 0, "", "", "");
        result = new RuleMatchResult(
            [.. matched.Select(rule => _rules.Detections[rule].Title)],
            [.. _correlations.Observe(reference, matched, _session).Select(firing => firing.Rule.Title)]);
        return true;
    }

    private bool TryReadTime(string json, out DateTime time, [NotNullWhen(false)] out string? problem)
    {
        (time, problem) = (_time.GetUtcNow().UtcDateTime, null);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                problem = "this is no JSON object";
            else if (_timeField is not null && !(document.RootElement.TryGetProperty(_timeField, out var value) && TryParse(value, out time)))
                problem = $"the field '{_timeField}' holds no time: RFC 3339, or a number of seconds or milliseconds";
        }
        catch (JsonException failure)
        {
            problem = $"this is no JSON: {failure.Message}";
        }

        return problem is null;
    }

    private static bool TryParse(JsonElement value, out DateTime time)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < FirstMilliseconds * 1000)
        {
            time = DateTime.UnixEpoch.AddMilliseconds(number < FirstMilliseconds ? number * 1000 : number);
            return true;
        }

        var parsed = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var own);
        time = own.UtcDateTime;
        return parsed;
    }
}

/// <summary>What matched an event.</summary>
/// <param name="Rules">Titles of the rules whose condition it meets.</param>
/// <param name="Correlations">Titles of the correlations that fired by it.</param>
internal sealed record RuleMatchResult(IReadOnlyList<string> Rules, IReadOnlyList<string> Correlations);
