using System.Globalization;
using System.Text;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Writing;

namespace Reeve.Detection.Policy.Suggestion;

/// <summary>A suggested policy as a file that explains itself.</summary>
public static class SuggestionText
{
    private const int MostRules = 8;
    private const double Megabyte = 1e6;

    /// <summary>The file: what it records and saves, the rules with what they are for, and below, as comments, what it does not see and what could be left out.</summary>
    /// <param name="suggestion">The policy.</param>
    /// <param name="keep">From which level on rules see all.</param>
    public static string Write(PolicySuggestion suggestion, FindingLevel keep)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        var text = new StringBuilder(PolicyWriter.Write(suggestion.Policy, Head(suggestion, keep), suggestion.Comments));
        foreach (var weakened in suggestion.Weakened)
            text.Append(CultureInfo.InvariantCulture, $"\n# Sees less than all: {weakened.Rule.Title} ({weakened.Rule.Level.ToName()}). {Price(suggestion, weakened)}");
        if (!suggestion.Offers.IsEmpty)
            text.Append("\n\n# These would save more, first among the rules, and weaken the rules named:\n#");
        foreach (var offer in suggestion.Offers.OrderByDescending(offer => offer.Saving.Bytes))
            Offer(text, suggestion, offer);
        return text.ToString().TrimEnd() + "\n";
    }

    private static string Head(PolicySuggestion suggestion, FindingLevel keep)
    {
        var days = suggestion.Forecast.TimesADay;
        var head = $"Made by reeve policy suggest: every rule of level {keep.ToName()} or above sees all that it could see.\n";
        return suggestion.Everything.Total.Events == 0 ? head
            : head + string.Create(CultureInfo.InvariantCulture, $"Forecast for the traffic it was made for: {Daily(suggestion.Forecast.Total * days)}, {(suggestion.IsLeast ? "at least " : "")}{suggestion.Saving:P0} less than recording everything ({Daily(suggestion.Everything.Total * days)}).\n");
    }

    private static string Price(PolicySuggestion suggestion, WeakenedRule weakened)
    {
        var price = weakened.RecordsSecrets ? "To see all it needs secret values in the log."
            : weakened.Price.Basis == PriceBasis.Unknown ? "What seeing all costs is not known: the traffic has none of these requests."
            : weakened.Price is { Basis: PriceBasis.Known, Volume.Bytes: < 1 } ? "To see all costs nothing in this traffic."
            : $"To see all costs {(weakened.Price.Basis == PriceBasis.AtLeast ? "at least " : "")}{Daily(weakened.Price.Volume * suggestion.Forecast.TimesADay)}.";
        var losses = weakened.Sight.Losses.Take(2).Select(loss => PolicyWriter.InComment(LossWords.Of(loss, suggestion.Policy)));
        return $"{price}\n#   {string.Join("\n#   ", losses)}";
    }

    private static void Offer(StringBuilder text, PolicySuggestion suggestion, DropOffer offer)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n# {PolicyWriter.InComment(offer.What)}: saves {offer.Saving.ShareOf(suggestion.Forecast.Total):P0}, {Daily(offer.Saving * suggestion.Forecast.TimesADay)}; weakens ");
        text.Append(string.Join(", ", offer.Weakens.OrderByDescending(rule => rule.Level).Take(MostRules).Select(rule => $"{rule.Title} ({rule.Level.ToName()})")));
        text.Append(offer.Weakens.Length > MostRules ? $" and {offer.Weakens.Length - MostRules} more\n" : "\n");
        foreach (var line in PolicyWriter.Write(offer.Rule).TrimEnd().Split('\n'))
            text.Append($"# {line}\n");
    }

    private static string Daily(Volume volume) => string.Create(CultureInfo.InvariantCulture, $"{volume.Events:N0} events and {volume.Bytes / Megabyte:N1} MB a day");
}
