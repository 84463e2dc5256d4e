using System.Text;
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
        foreach (var alert in grouper.All)
            Write(to, alert);
    }

    /// <summary>Reads them into a grouper that has none. After an exception it must not be used.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    public static void Load(StateReader from, AlertGrouper grouper)
    {
        grouper.Opened = from.Number();
        for (var left = from.Number(Most); left > 0; left--)
            Read(from, grouper);
    }

    private static void Write(StateWriter to, Alert alert)
    {
        to.Bytes(alert.Key.Subject);
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
        var values = alert.Values;
        to.Number(values.Count);
        foreach (var (field, own) in values)
        {
            to.Text(field);
            to.Texts(own);
        }

        to.Number(alert.Listed.Count);
        for (var index = 0; index < alert.Listed.Count; index++)
            to.Bytes(alert.Listed.At(index));
        WriteAll(to, [.. alert.Known.Numbers.All], static (to, number) => to.Number((long)number));
        WriteAll(to, [.. alert.Known.Marks.All], Write);
        WriteAll(to, [.. alert.Known.Requests.All], static (to, key) => to.Wide(key));
    }

    private static void Write(StateWriter to, EventMark mark)
    {
        to.Wide(mark.Id);
        to.Number((long)mark.At);
    }

    private static void Read(StateReader from, AlertGrouper grouper)
    {
        var (subject, id, number) = (from.Bytes(), from.Text(), from.Number());
        var rule = new AlertRule(from.Text(), from.Text(), Known((FindingLevel)from.Byte(), from), [.. from.Texts()], Known((RuleFormat)from.Byte(), from));
        var (cluster, first, last, count, summary) = (from.Text(), from.Time(), from.Time(), from.Number(), from.Text());
        var alert = grouper.Restore(new AlertKey(rule.Id, subject), number, rule, cluster, first);
        alert.Identify(id);
        (alert.Last, alert.Count, alert.Summary) = (last, count, summary);
        from.Texts().ForEach(alert.Actors.Add);
        from.Texts().ForEach(alert.Objects.Add);
        for (var left = from.Number(Most); left > 0; left--)
        {
            var field = from.Text();
            from.Texts().ForEach(value => alert.Add(field, Encoding.UTF8.GetBytes(value)));
        }

        for (var left = from.Number(Most); left > 0; left--)
        {
            var packed = from.Bytes();
            alert.Listed.Add(PackedEvent.IsValid(packed) ? packed : throw from.Damaged("an event cannot be unpacked"));
        }

        for (var left = from.Number(Most); left > 0; left--)
            alert.Known.Numbers.Add((ulong)from.Number());
        for (var left = from.Number(Most); left > 0; left--)
            alert.Known.Marks.Add(new EventMark(from.Wide(), (ulong)from.Number()));
        for (var left = from.Number(Most); left > 0; left--)
            alert.Known.Requests.Add(from.Wide());
        alert.Resume();
    }

    private static void WriteAll<T>(StateWriter to, T[] values, Action<StateWriter, T> write)
    {
        to.Number(values.Length);
        foreach (var value in values)
            write(to, value);
    }

    private static T Known<T>(T value, StateReader from)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw from.Damaged($"{value} is no {typeof(T).Name}");
}
