using Reeve.Detection.Falco;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Falco;

/// <summary>Small rule files.</summary>
internal static class Rules
{
    /// <summary>One rule with a condition; more items may stand before it.</summary>
    public static RuleReading Of(string condition, string before = "") => FalcoReader.Read([new RuleFile("f.yaml", $"""
        {before}
        - rule: r
          desc: d
          source: k8s_audit
          condition: {condition}
          output: "%ka.user.name did %jevt.value[/verb] 100% (%ka.nothing)"
          priority: NOTICE
        """)]);
}
