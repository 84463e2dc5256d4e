namespace Reeve.Detection.Rules;

/// <summary>The lists that the rules which come with Reeve name, from <c>content/lists.yaml</c>.</summary>
public static class ShippedLists
{
    private const string Name = "lists.yaml";

    /// <summary>The lists, with nothing on them: a team fills its own.</summary>
    public static RuleLists All { get; } = RuleLists.Read([new RuleFile(Name, ShippedContent.Text(Name))]);
}
