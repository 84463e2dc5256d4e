using System.Globalization;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>Time spans as Sigma writes them: a number and a letter.</summary>
public static class Timespans
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads one, like <c>10m</c>, of 366 days at most.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = text.Length == 0 ? default : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => default,
        };
        if (span == default || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0 || span * (double)count > Longest)
            return false;
        span *= count;
        return true;
    }

    /// <summary>One of a correlation, like its <c>timespan</c>.</summary>
    internal static TimeSpan Read(YamlBlock block, string key)
    {
        var text = block.Text(key);
        return TryParse(text, out var span) ? span
            : throw block.Wrong(block.TryGet(key, out var node) ? node : block.Node, $"the {key} '{text}' is none; write a number and s, m, h or d, like 10m, of at most {Longest.Days}d");
    }
}
