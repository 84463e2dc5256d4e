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

    /// <summary>Writes it.</summary>
    /// <param name="all">Whether what sees all is listed, too.</param>
    public void Write(bool all)
    {
        foreach (var rules in report.Rules.GroupBy(each => each.Sight.Visibility).OrderBy(group => group.Key).Where(group => all || group.Key != Visibility.Full))
        {
            foreach (var each in rules)
                Write(each);
        }

        foreach (var controls in report.Controls.GroupBy(each => each.Framework.Id))
        {
            output.WriteLine($"{controls.First().Framework.Title} {controls.First().Framework.Version}");
            foreach (var visibility in new[] { Visibility.Blind, Visibility.Partial, Visibility.Full })
            {
                var ids = controls.Where(each => each.Visibility == visibility).Select(each => each.Control.Id).ToList();
                if (ids.Count > 0)
                    output.WriteLine($"  {Word(visibility),-9}{string.Join(", ", ids)}");
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
        foreach (var loss in each.Sight.Losses.Take(MostLosses))
            output.WriteLine($"          {LossWords.Of(loss, report.Policy)}");
        if (each.Sight.Losses.Length > MostLosses)
            output.WriteLine($"          and {each.Sight.Losses.Length - MostLosses} more");
        if (each.Change is { } change)
            Write(change, each);
        output.WriteLine();
    }

    private void Write(PolicyChange change, MendedRule each)
    {
        var cost = each.Cost is { } volume ? string.Create(CultureInfo.InvariantCulture, $" (costs {volume.Events * report.TimesADay:N0} events and {volume.Bytes * report.TimesADay / Megabyte:N1} MB a day)") : "";
        output.WriteLine($"        to see all{cost}:");
        foreach (var place in change.Insertions.GroupBy(insertion => insertion.Before))
        {
            output.WriteLine(place.Key == report.Policy.Rules.Length ? "          # at the end" : $"          # before rule {place.Key + 1}");
            foreach (var line in place.SelectMany(insertion => PolicyWriter.Write(insertion.Rule).Split('\n', StringSplitOptions.RemoveEmptyEntries)))
                output.WriteLine($"        {line}");
        }

        if (change.Stages != AuditStages.None)
            output.WriteLine($"          and omitStages without {string.Join(", ", change.Stages.Each())} for the policy; the other rules omit it by themselves");
    }

    private int Count(Visibility visibility) => report.Rules.Count(each => each.Sight.Visibility == visibility);
}
