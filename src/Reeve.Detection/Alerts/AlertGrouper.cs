using Reeve.Detection.State;

namespace Reeve.Detection.Alerts;

/// <summary>
/// Puts what fired together: the same rule, cluster, actor and object within a window is one alert. Of correlations the values they
/// group by stand for actor and object. Deterministic: the same events in the same order give the same alerts with the same ids,
/// whether or not it was saved and loaded in between. Not thread-safe.
/// </summary>
internal sealed class AlertGrouper(AlertOptions options)
{
    private readonly Dictionary<string, List<LinkedListNode<(string Key, Alert Alert)>>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Alert Alert)> _order = new();
    private readonly AlertLoad _load = new();

    /// <summary>How many alerts still take events.</summary>
    public int Open => _order.Count;

    /// <summary>Those, the one not touched for the longest first.</summary>
    public IEnumerable<(string Key, Alert Alert)> All => _order;

    /// <summary>How many there have been.</summary>
    public long Opened { get; set; }

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
    /// <param name="group">What is the same in all events of an alert, besides the rule and the cluster.</param>
    /// <param name="first">The event that fired.</param>
    /// <param name="isNew">Whether it was opened.</param>
    public Alert For(AlertRule rule, IEnumerable<string> group, EventReference first, out bool isNew)
    {
        var key = AlertIdentity.KeyOf(rule.Id, first.Cluster, group);
        var node = _open.TryGetValue(key, out var alerts) ? alerts.FindLast(open => Takes(open.Value.Alert, first.Time)) : null;
        isNew = node is null;
        if (node is not null)
        {
            _order.Remove(node);
            _order.AddLast(node);
            return node.Value.Alert;
        }

        var alert = Restore(key, AlertIdentity.Of(key, first), ++Opened, rule, first.Cluster, first.Time);
        while (_order.Count > options.Open || (_load.Events > options.OpenEvents && _order.Count > 1))
            Close(_order.First!);
        return alert;
    }

    /// <summary>Opens an alert, as the one touched last.</summary>
    public Alert Restore(string key, string id, long number, AlertRule rule, string cluster, DateTime first)
    {
        var node = _order.AddLast((key, new Alert(id, number, rule, cluster, first, options, _load)));
        if (!_open.TryGetValue(key, out var alerts))
            _open.Add(key, alerts = []);
        var at = alerts.Count;
        while (at > 0 && alerts[at - 1].Value.Alert.Number > number)
            at--;
        alerts.Insert(at, node);
        return node.Value.Alert;
    }

    /// <summary>Closes what takes no event after a time.</summary>
    public void Settle(DateTime watermark)
    {
        while (_order.First is { } oldest && oldest.Value.Alert.Last.Ticks < watermark.Ticks - options.Window.Ticks)
            Close(oldest);
    }

    private void Close(LinkedListNode<(string Key, Alert Alert)> node)
    {
        _order.Remove(node);
        _load.Events -= node.Value.Alert.Load;
        var alerts = _open[node.Value.Key];
        alerts.Remove(node);
        if (alerts.Count == 0)
            _open.Remove(node.Value.Key);
    }

    private bool Takes(Alert alert, DateTime time) =>
        time - alert.Last <= options.Window && alert.First - time <= options.Window
        && (time > alert.Last ? time - alert.First : alert.Last - time) <= options.Longest;
}
