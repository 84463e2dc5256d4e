using System.Globalization;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Writing;
using Reeve.Scanning;
using Reeve.Server.Policies;

namespace Reeve.Policies;

/// <summary>A coverage report for people: what is blind first, with the reason and the change that mends it.</summary>
internal sealed class CoverageText(CoverageReport report, bool isColoured, TextWriter output)
{
    private const int MostLosses = 4;
    private const double Megabyte = 1e6;

    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>Writes it.</summary>
    /// <param name="all">Whether what sees all is listed, too.</param>
    /// <param name="controls">Whether each control is, with what is missing of it and what would show it.</param>
    public void Write(bool all, bool controls)
    {
        foreach (var rules in report.Rules.GroupBy(each => each.Sight.Visibility).OrderBy(group => group.Key).Where(group => all || group.Key != Visibility.Full))
        {
            foreach (var each in rules)
                Write(each);
        }

        foreach (var framework in report.Controls.GroupBy(each => each.Coverage.Framework.Id))
        {
            output.WriteLine($"{framework.First().Coverage.Framework.Title} {framework.First().Coverage.Framework.Version}");
            foreach (var visibility in new[] { Visibility.Blind, Visibility.Partial, Visibility.Full })
            {
                var told = framework.Where(each => each.Coverage.Visibility == visibility).ToList();
                if (controls && visibility != Visibility.Full)
                    told.ForEach(Write);
                else if (told.Count > 0)
                    output.WriteLine($"  {Word(visibility),-9}{string.Join(", ", told.Select(each => each.Coverage.Control.Id))}");
            }
        }

        output.WriteLine();
        output.WriteLine($"{report.Rules.Length} rules: {Count(Visibility.Full)} see all, {Count(Visibility.Partial)} partly, {Count(Visibility.Blind)} are blind");
        if (report.IsObserved)
            output.WriteLine("Told from the log alone: what nobody did in it looks as if it were not recorded. Give --policy to know.");
    }

    private string Word(Visibility visibility) => (visibility, report.IsObserved) switch
    {
        (Visibility.Full, _) => "full",
        (Visibility.Partial, _) => "partly",
        (_, true) => "unseen",
        _ => "blind",
    };

    private void Write(MendedRule each)
    {
        var level = each.Rule.Level.ToName();
        output.WriteLine($"{Word(each.Sight.Visibility),-8}{(isColoured ? $"{LevelWords.Colour(each.Rule.Level)}{level}\e[0m" : level)}{new string(' ', 15 - level.Length)}{each.Rule.Title}");
        Write(each.Sight);
        if (each.Change is { } change)
            Write(change, each.Price);
        output.WriteLine();
    }

    private void Write(MendedControl each)
    {
        output.WriteLine($"  {Word(each.Coverage.Visibility!.Value),-9}{each.Coverage.Control.Id} {each.Coverage.Control.Text}");
        // Many controls ask the same.
        if (!_told.TryAdd(each.Coverage.Asked, $"{each.Coverage.Framework.Title} {each.Coverage.Control.Id}"))
        {
            output.WriteLine($"        the same as {_told[each.Coverage.Asked]}");
            output.WriteLine();
            return;
        }

        foreach (var question in each.Coverage.Questions.Where(question => question.Sight.Visibility != Visibility.Full))
        {
            output.WriteLine($"        {question.Question.Question}");
            Write(question.Sight);
        }

        if (each.Change is { } change)
            Write(change, each.Price);
        output.WriteLine();
    }

    private void Write(Sight sight)
    {
        foreach (var loss in sight.Losses.Take(MostLosses))
            output.WriteLine($"          {LossWords.Of(loss, report.Policy, namesRule: !report.IsObserved)}");
        if (sight.Losses.Length > MostLosses)
            output.WriteLine($"          and {sight.Losses.Length - MostLosses} more");
    }

    private void Write(PolicyChange change, ChangePrice? price)
    {
        output.WriteLine($"        to see all{Cost(price)}:");
        foreach (var place in change.Insertions.GroupBy(insertion => insertion.Before))
        {
            output.WriteLine(place.Key == report.Policy.Rules.Length ? "          # at the end" : $"          # before rule {place.Key + 1}");
            foreach (var line in place.SelectMany(insertion => PolicyWriter.Write(insertion.Rule).Split('\n', StringSplitOptions.RemoveEmptyEntries)))
                output.WriteLine($"        {line}");
        }

        if (change.Stages != AuditStages.None)
            output.WriteLine($"          and omitStages without {string.Join(", ", change.Stages.Each())} for the policy; the other rules omit it by themselves");
    }

    private string Cost(ChangePrice? price) => price switch
    {
        null => "",
        { Basis: PriceBasis.Unknown } => " (its cost is not known: the log has none of these requests)",
        { Basis: var basis, Volume: var volume } => string.Create(
            CultureInfo.InvariantCulture, $" (costs {(basis == PriceBasis.AtLeast ? "at least " : "")}{volume.Events * report.TimesADay:N0} events and {volume.Bytes * report.TimesADay / Megabyte:N1} MB a day)"),
    };

    private int Count(Visibility visibility) => report.Rules.Count(each => each.Sight.Visibility == visibility);
}
