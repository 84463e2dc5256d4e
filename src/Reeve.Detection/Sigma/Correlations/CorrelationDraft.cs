using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>A correlation whose references are still names.</summary>
internal sealed record CorrelationDraft(YamlBlock Block, SigmaHead Head)
{
    /// <summary>The block that says what to correlate.</summary>
    public YamlBlock Correlation { get; } = Block.Block("correlation");

    /// <summary>The rules it refers to, as written.</summary>
    public IReadOnlyList<YamlScalar> References => Correlation.Texts("rules");

    /// <summary>Whether the rules it refers to alert on their own, too.</summary>
    public bool Generates => Correlation.Text("generate").Equals("true", StringComparison.OrdinalIgnoreCase)
        || Block.Text("generate").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the head.</summary>
    public static CorrelationDraft Read(YamlBlock block) => new(block, SigmaHead.Read(block));
}
