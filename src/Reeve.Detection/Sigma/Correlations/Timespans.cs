using System.Globalization;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>Time spans: a number and a letter.</summary>
internal static class Timespans
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The <c>timespan</c> of a correlation.</summary>
    public static TimeSpan Read(YamlBlock block)
    {
        var text = block.Text("timespan");
        var unit = text.Length == 0 ? default : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => default,
        };
        if (unit == default || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0 || unit * (double)count > Longest)
            throw block.Wrong(block.TryGet("timespan", out var node) ? node : block.Node, $"the timespan '{text}' is none; write a number and s, m, h or d, like 10m, of at most {Longest.Days}d");
        return unit * count;
    }
}
