using System.Globalization;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Sources;

/// <summary>One sender as the page shows it.</summary>
/// <param name="Status">What is known of it.</param>
/// <param name="Condition">How it is.</param>
/// <param name="State">The same in words.</param>
/// <param name="LastEvent">How long ago its last event came.</param>
public sealed record SenderRow(SenderStatus Status, SenderCondition Condition, string State, string LastEvent)
{
    private static readonly TimeSpan LongQuiet = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>The row of a sender.</summary>
    /// <param name="status">The sender.</param>
    /// <param name="source">What its source is doing; null where that is not known.</param>
    /// <param name="now">The time now.</param>
    internal static SenderRow Of(SenderStatus status, SourceStatus? source, DateTimeOffset now)
    {
        var since = now - (status.LastEvent ?? now);
        var condition = source is { State: SourceState.Failed } ? SenderCondition.Failed
            : status.Troubles.Any(trouble => now - trouble.Last < Lately) ? SenderCondition.Trouble
            : since >= LongQuiet && source is not { State: SourceState.Done } ? SenderCondition.Quiet
            : SenderCondition.Fine;
        var words = condition switch
        {
            SenderCondition.Failed => "failed",
            SenderCondition.Trouble => "trouble",
            SenderCondition.Quiet => $"quiet for {Ago.Span(since)}",
            _ => source is { State: SourceState.Done } ? "read to its end" : "fine",
        };
        return new(status, condition, words, status.LastEvent is null ? "–" : Ago.Words(since));
    }

    /// <summary>What people call it: its host, else its address, else where it is read from.</summary>
    public string Name => Status switch
    {
        { IsOthers: true } => "all other senders",
        { Host.Length: > 0 } => Status.Host,
        { Sender.Peer: { } peer } => peer.ToString(),
        _ => Status.Source,
    };

    /// <summary>By what else it is told from others: address, certificate and tag.</summary>
    public string By => string.Join(" · ", new[]
    {
        Status.Host.Length > 0 ? Status.Sender.Peer?.ToString() : null, Status.Sender.San, Status.Sender.Tag,
    }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Events a second of the last ten seconds.</summary>
    public string Rate => Status.EventsPerSecond switch
    {
        0 => "0",
        < 10 => Status.EventsPerSecond.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Status.EventsPerSecond.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>How long its last event was on its way.</summary>
    public string Lag => Ago.Lag(Status.Lag);

    /// <summary>Its events.</summary>
    public string All => Address("");

    /// <summary>Its events of which a part is missing.</summary>
    public string Cut => Address("integrity:(truncated-by-sender or truncated-by-apiserver or truncated-by-reeve or fragment)");

    /// <summary>What no event could be read from.</summary>
    public string Unreadable => Address("integrity:unreadable");

    // Duplicates are not stored, so that there is nothing to search for; every stage counts, not only requests.
    private string Address(string term)
    {
        var filter = FilterTerm.Add("", "source", Status.Source, exclude: false);
        if (Status.Host.Length > 0)
            filter = FilterTerm.Add(filter, "host", Status.Host, exclude: false);
        if (term.Length > 0)
            filter += " " + term;
        return new SearchAddress { Filter = filter, AllEvents = true, Time = new TimeSelection.All() }.ToString();
    }
}
