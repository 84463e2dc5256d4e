using Reeve.Server.Compliance;

namespace Reeve.Server.Tests.Guide;

/// <summary>Questions and controls as rows of the guide's tables.</summary>
internal static class FrameworkRows
{
    /// <summary>A question with what it needs of the log.</summary>
    public static string[] Of(EvidenceQuestion question) => question switch
    {
        KeptEvidence kept => [kept.Id, kept.Question, $"Reeve: {kept.Part.ToString().ToLowerInvariant()}", "", ""],
        EventEvidence asked => [asked.Id, asked.Question, AnsweredBy(asked), Level(asked), Requests(asked)],
        _ => throw new NotSupportedException($"{question.GetType()} has no row yet"),
    };

    /// <summary>A control with what speaks for it.</summary>
    public static string[] Of(Control control) => [control.Id, control.Text, string.Join(", ", control.Evidence.Select(question => question.Id)), control.Beyond];

    private static string AnsweredBy(EventEvidence question) =>
        question.Detection.RequiresLists.IsEmpty ? "events" : $"events, with {string.Join(", ", question.Detection.RequiresLists.Select(list => $"`{list}`"))}";

    private static string Level(EventEvidence question) =>
        question.Needs.Fully == question.Needs.Level ? $"{question.Needs.Level}" : $"{question.Needs.Level}, in full {question.Needs.Fully}";

    private static string Requests(EventEvidence question)
    {
        var needs = question.Needs;
        var verbs = needs.Verbs.IsEmpty ? "all" : string.Join(", ", needs.Verbs);
        var of = needs.Resources.IsEmpty ? "" : $" of {string.Join(", ", needs.Resources.Select(resource => $"`{resource}`"))}";
        var stages = question.EveryStage.IsEmpty ? "" : $", at {string.Join(" and ", question.EveryStage)}";
        return $"{verbs}{of}{stages}";
    }
}
