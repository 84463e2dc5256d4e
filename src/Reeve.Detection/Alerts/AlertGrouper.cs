using System.Security.Cryptography;
using System.Text;

namespace Reeve.Detection.Alerts;

/// <summary>
/// Puts what fired together: the same rule, cluster, actor and object within a window is one alert. Of correlations the values they
/// group by stand for actor and object. Deterministic: the same events in the same order give the same alerts with the same ids. Not thread-safe.
/// </summary>
internal sealed class AlertGrouper(AlertOptions options)
{
    private readonly Dictionary<string, List<LinkedListNode<(string Key, Alert Alert)>>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Alert Alert)> _order = new();

    /// <summary>How many alerts still take events.</summary>
    public int Open => _order.Count;

    /// <summary>The alert that takes an event; whether it is new.</summary>
    /// <param name="rule">What fired.</param>
    /// <param name="group">What is the same in all events of an alert, besides the rule and the cluster.</param>
    /// <param name="first">The event that fired.</param>
    /// <param name="isNew">Whether it was opened.</param>
    public Alert For(AlertRule rule, IEnumerable<string> group, EventReference first, out bool isNew)
    {
        var key = string.Join('\x1f', group.Prepend(first.Cluster).Prepend(rule.Id));
        if (!_open.TryGetValue(key, out var alerts))
            _open.Add(key, alerts = []);
        var node = alerts.Find(open => Takes(open.Value.Alert, first.Time));
        isNew = node is null;
        if (node is not null)
        {
            _order.Remove(node);
            _order.AddLast(node);
            return node.Value.Alert;
        }

        node = _order.AddLast((key, new Alert(IdOf(key, first), rule, first, options.Events)));
        alerts.Add(node);
        if (_order.Count > options.Open)
            Close(_order.First!);
        return node.Value.Alert;
    }

    /// <summary>Closes what takes no event after a time.</summary>
    public void Settle(DateTime watermark)
    {
        while (_order.First is { } oldest && oldest.Value.Alert.Last < watermark - options.Window)
            Close(oldest);
    }

    private void Close(LinkedListNode<(string Key, Alert Alert)> node)
    {
        _order.Remove(node);
        var alerts = _open[node.Value.Key];
        alerts.Remove(node);
        if (alerts.Count == 0)
            _open.Remove(node.Value.Key);
    }

    private bool Takes(Alert alert, DateTime time) =>
        time <= alert.Last + options.Window && time >= alert.First - options.Window
        && (time > alert.Last ? time - alert.First : alert.Last - time) <= options.Longest;

    private static string IdOf(string key, EventReference first)
    {
        var text = $"{key}\x1f{first.AuditId}\x1f{first.Stage}\x1f{first.Time.Ticks}\x1f{(first.AuditId.Length > 0 ? 0 : first.Line)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
