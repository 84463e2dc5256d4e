using System.Runtime.InteropServices;
using Reeve.Detection.Correlation;
using Reeve.Detection.State;

namespace Reeve.Detection.Alerts;

/// <summary>
/// Puts what fired together: the same rule, cluster, actor and object within a window is one alert. Of correlations the values they
/// group by stand for actor and object. Deterministic: the same events in the same order give the same alerts with the same ids,
/// whether or not it was saved and loaded in between. Not thread-safe.
/// </summary>
internal sealed class AlertGrouper(AlertOptions options)
{
    private readonly Dictionary<AlertKey, Alert> _open = new(new AlertKeyComparer());
    private readonly AlertLoad _load = new();
    private Alert? _oldest;
    private Alert? _newest;

    /// <summary>How many alerts still take events.</summary>
    public int Open { get; private set; }

    /// <summary>Those, the one not touched for the longest first.</summary>
    public IEnumerable<Alert> All
    {
        get
        {
            for (var alert = _oldest; alert is not null; alert = alert.Newer)
                yield return alert;
        }
    }

    /// <summary>How many there have been.</summary>
    public long Opened { get; set; }

    /// <summary>The fields of their values.</summary>
    public FieldNames Names => _load.Names;

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    public static AlertGrouper Load(StateReader from, AlertOptions options)
    {
        var grouper = new AlertGrouper(options);
        AlertState.Load(from, grouper);
        return grouper;
    }

    /// <summary>Writes the open alerts.</summary>
    public void Save(StateWriter to) => AlertState.Save(to, this);

    /// <summary>The alert that takes an event; whether it is new.</summary>
    /// <param name="rule">What fired.</param>
    /// <param name="subject">What is the same in all events of an alert, besides the rule; see <see cref="AlertIdentity.SubjectOf"/>.</param>
    /// <param name="cluster">The cluster of the event that fired.</param>
    /// <param name="packed">That event.</param>
    /// <param name="whole">The same with texts that were too long to be packed; null where there is none.</param>
    /// <param name="isNew">Whether it was opened.</param>
    public Alert For(AlertRule rule, ReadOnlySpan<byte> subject, string cluster, byte[] packed, EventReference? whole, out bool isNew)
    {
        var time = PackedEvent.Time(packed);
        var found = _open.GetAlternateLookup<AlertKeySpan>().TryGetValue(new AlertKeySpan(rule.Id, subject), out var latest) ? latest : null;
        var alert = found;
        while (alert is not null && !Takes(alert, time))
            alert = alert.Earlier;
        isNew = alert is null;
        if (alert is not null)
        {
            Touch(alert);
            return alert;
        }

        alert = Restore(new AlertKey(rule.Id, found?.Key.Subject ?? subject.ToArray()), ++Opened, rule, cluster, time);
        if (whole is null)
            alert.OpenedBy(packed);
        else
            alert.Identify(AlertIdentity.Of(rule.Id, subject, whole));
        while (Open > options.Open || (_load.Events > options.OpenEvents && Open > 1))
            Close(_oldest!);
        return alert;
    }

    /// <summary>Opens an alert, as the one touched last.</summary>
    public Alert Restore(AlertKey key, long number, AlertRule rule, string cluster, DateTime first)
    {
        var alert = new Alert(key, number, rule, cluster, first, options, _load);
        ref var latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, key, out _);
        if (latest is null || latest.Number < number)
        {
            (alert.Earlier, latest) = (latest, alert);
        }
        else
        {
            var later = latest;
            while (later.Earlier is { } next && next.Number > number)
                later = next;
            (alert.Earlier, later.Earlier) = (later.Earlier, alert);
        }

        Append(alert);
        Open++;
        return alert;
    }

    /// <summary>Closes what takes no event after a time.</summary>
    public void Settle(DateTime watermark)
    {
        while (_oldest is { } oldest && oldest.Last.Ticks < watermark.Ticks - options.Window.Ticks)
            Close(oldest);
    }

    private void Close(Alert alert)
    {
        Detach(alert);
        Open--;
        _load.Events -= alert.Load;
        var later = _open[alert.Key];
        if (!ReferenceEquals(later, alert))
        {
            while (!ReferenceEquals(later.Earlier, alert))
                later = later.Earlier!;
            later.Earlier = alert.Earlier;
        }
        else if (alert.Earlier is { } earlier)
        {
            _open[alert.Key] = earlier;
        }
        else
        {
            _open.Remove(alert.Key);
        }

        alert.Earlier = null;
    }

    private void Touch(Alert alert)
    {
        if (ReferenceEquals(alert, _newest))
            return;
        Detach(alert);
        Append(alert);
    }

    private void Append(Alert alert)
    {
        alert.Older = _newest;
        if (_newest is null)
            _oldest = alert;
        else
            _newest.Newer = alert;
        _newest = alert;
    }

    private void Detach(Alert alert)
    {
        if (alert.Older is null)
            _oldest = alert.Newer;
        else
            alert.Older.Newer = alert.Newer;
        if (alert.Newer is null)
            _newest = alert.Older;
        else
            alert.Newer.Older = alert.Older;
        (alert.Older, alert.Newer) = (null, null);
    }

    private bool Takes(Alert alert, DateTime time) =>
        time - alert.Last <= options.Window && alert.First - time <= options.Window
        && (time > alert.Last ? time - alert.First : alert.Last - time) <= options.Longest;
}
