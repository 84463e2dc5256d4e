using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Search;

/// <summary>Everything the Search page shows, as its address says it: sharing the address shares the page.</summary>
public sealed record SearchAddress : IRangeAddress
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/search";

    /// <summary>The filter as typed.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The time range.</summary>
    public TimeSelection Time { get; init; } = TimeSelection.Default;

    /// <summary>Times in the browser's zone instead of UTC.</summary>
    public bool LocalTime { get; init; }

    /// <summary>All events instead of one row a request.</summary>
    public bool AllEvents { get; init; }

    /// <summary>The event opened in the panel; null while none is.</summary>
    public string? EventId { get; init; }

    /// <summary>Reads an address; unknown parameters are ignored, values that cannot be read are the defaults.</summary>
    public static SearchAddress Parse(string address)
    {
        var start = address.IndexOf('?');
        var values = QueryHelpers.ParseQuery(start < 0 ? "" : address[start..].Split('#')[0]);
        string? Value(string name) => values.TryGetValue(name, out var found) ? found[0] : null;
        return new SearchAddress
        {
            Filter = Value("q") ?? "",
            Time = TimeSelection.Parse(Value("from"), Value("to")),
            LocalTime = Value("tz") == "local",
            AllEvents = Value("view") == "events",
            EventId = Value("event") is { Length: > 0 } id ? id : null,
        };
    }

    /// <inheritdoc/>
    public string With(TimeSelection time) => (this with { Time = time }).ToString();

    /// <inheritdoc/>
    public string With(bool localTime) => (this with { LocalTime = localTime }).ToString();

    /// <summary>Whether the two show the same rows; the opened event and the time zone do not matter.</summary>
    public bool SameRows(SearchAddress other) =>
        Filter == other.Filter && Time == other.Time && AllEvents == other.AllEvents;

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Path);
        var separator = '?';
        void Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value))
                return;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        var (from, to) = Time.Address();
        Add("q", Filter);
        Add("from", from);
        Add("to", to);
        Add("tz", LocalTime ? "local" : null);
        Add("view", AllEvents ? "events" : null);
        Add("event", EventId);
        return text.ToString();
    }
}
