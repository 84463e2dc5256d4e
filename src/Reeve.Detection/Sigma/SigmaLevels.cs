using Reeve.Audit.Findings;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>Sigma's levels.</summary>
internal static class SigmaLevels
{
    /// <summary>The level of a rule; informational where it names none.</summary>
    public static FindingLevel Read(YamlBlock block)
    {
        var text = block.Text("level");
        if (text.Length == 0)
            return FindingLevel.Informational;
        return Enum.TryParse<FindingLevel>(text, ignoreCase: true, out var level) && !char.IsAsciiDigit(text[0])
            ? level
            : throw block.Wrong(block.Required("level"), $"the level '{text}' is unknown; there are informational, low, medium, high and critical");
    }
}
