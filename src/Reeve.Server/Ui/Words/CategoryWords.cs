using Reeve.Audit;
using Reeve.Audit.Fields;

namespace Reeve.Server.Ui.Words;

/// <summary>Categories as pages name them. The key is also the value of the field <c>category</c> and names the colour.</summary>
internal static class CategoryWords
{
    /// <summary>From the bottom of a bar to its top: the usual first, so that the rare stands out.</summary>
    public static IReadOnlyList<Category> Order { get; } =
    [
        Category.ResourceAccess, Category.Discovery, Category.ResourceChange, Category.ClusterOperation, Category.InteractiveAccess,
        Category.PolicyEnforcement, Category.Authorization, Category.Authentication, Category.AuditConfiguration, Category.OtherLog, Category.None,
    ];

    /// <summary><c>resource-change</c>; <c>none</c> for what is no event.</summary>
    public static string Key(Category category) => category == Category.None ? "none" : EventNames.Of(category);

    /// <summary>"Resource change".</summary>
    public static string Name(Category category) => category switch
    {
        Category.None => "Unreadable",
        _ => char.ToUpperInvariant(Key(category)[0]) + Key(category)[1..].Replace('-', ' '),
    };

    /// <summary>The filter's field and value that find the events of a key.</summary>
    public static (string Field, string Value) Term(string key) => key == "none" ? ("integrity", EventNames.Of(Integrity.Unreadable, EventMarks.None)) : ("category", key);
}
