using System.Collections.Immutable;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>A field by which events are told apart or counted.</summary>
/// <param name="Name">The field or alias as written.</param>
/// <param name="Default">The field itself; null where the name is an alias and means nothing by itself.</param>
/// <param name="ByRule">Of an alias, the field for each rule, by the rule's id.</param>
public sealed record CorrelationField(string Name, Field? Default, ImmutableDictionary<string, Field> ByRule)
{
    /// <summary>The field to read when this rule matched.</summary>
    public Field? For(string ruleId) => ByRule.IsEmpty ? Default : ByRule.GetValueOrDefault(ruleId, Default!);
}
