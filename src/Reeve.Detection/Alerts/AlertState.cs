using Reeve.Audit.Findings;
using Reeve.Detection.Correlation;
using Reeve.Detection.Rules;
using Reeve.Detection.State;

namespace Reeve.Detection.Alerts;

/// <summary>Open alerts as bytes.</summary>
internal static class AlertState
{
    // Far above every limit: beyond, the bytes are not what was written.
    private const int Most = 1 << 30;

    /// <summary>Writes them.</summary>
    public static void Save(StateWriter to, AlertGrouper grouper)
    {
        to.Number(grouper.Opened);
        to.Number(grouper.Open);
        foreach (var (key, alert) in grouper.All)
            Write(to, key, alert);
    }

    /// <summary>Reads them into a grouper that has none. After an exception it must not be used.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    public static void Load(StateReader from, AlertGrouper grouper)
    {
        grouper.Opened = from.Number();
        for (var left = from.Number(Most); left > 0; left--)
            Read(from, grouper);
    }

    private static void Write(StateWriter to, string key, Alert alert)
    {
        to.Text(key);
        to.Text(alert.Id);
        to.Number(alert.Number);
        to.Text(alert.Rule.Id);
        to.Text(alert.Rule.Title);
        to.Byte((byte)alert.Rule.Level);
        to.Texts(alert.Rule.Tags);
        to.Byte((byte)alert.Rule.Format);
        to.Text(alert.Cluster);
        to.Time(alert.First);
        to.Time(alert.Last);
        to.Number(alert.Count);
        to.Text(alert.Summary);
        to.Texts(alert.Actors.All);
        to.Texts(alert.Objects.All);
        to.Number(alert.Values.Count);
        foreach (var (field, values) in alert.Values)
        {
            to.Text(field);
            to.Texts(values);
        }

        to.Number(alert.Events.Count);
        foreach (var reference in alert.Events)
            to.Bytes(PackedEvent.Pack(reference));
        WriteAll(to, [.. alert.Numbers.All.Select(number => (UInt128)number)]);
        WriteAll(to, [.. alert.Identities.All]);
        WriteAll(to, [.. alert.Requests.All]);
    }

    private static void Read(StateReader from, AlertGrouper grouper)
    {
        var (key, id, number) = (from.Text(), from.Text(), from.Number());
        var rule = new AlertRule(from.Text(), from.Text(), Known((FindingLevel)from.Byte(), from), [.. from.Texts()], Known((RuleFormat)from.Byte(), from));
        var (cluster, first, last, count, summary) = (from.Text(), from.Time(), from.Time(), from.Number(), from.Text());
        var alert = grouper.Restore(key, id, number, rule, cluster, first);
        (alert.Last, alert.Count, alert.Summary) = (last, count, summary);
        from.Texts().ForEach(alert.Actors.Add);
        from.Texts().ForEach(alert.Objects.Add);
        for (var left = from.Number(Most); left > 0; left--)
        {
            var field = from.Text();
            from.Texts().ForEach(value => alert.Add(field, value));
        }

        for (var left = from.Number(Most); left > 0; left--)
        {
            var packed = from.Bytes();
            alert.List(PackedEvent.IsValid(packed) ? PackedEvent.Unpack(packed) : throw from.Damaged("an event cannot be unpacked"));
        }

        ReadAll(from, known => alert.Numbers.Add((ulong)known));
        ReadAll(from, known => alert.Recall(known));
        ReadAll(from, known => alert.Requests.Add(known));
    }

    private static void WriteAll(StateWriter to, UInt128[] values)
    {
        to.Number(values.Length);
        foreach (var value in values)
            to.Wide(value);
    }

    private static void ReadAll(StateReader from, Action<UInt128> add)
    {
        for (var left = from.Number(Most); left > 0; left--)
            add(from.Wide());
    }

    private static T Known<T>(T value, StateReader from)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw from.Damaged($"{value} is no {typeof(T).Name}");
}
