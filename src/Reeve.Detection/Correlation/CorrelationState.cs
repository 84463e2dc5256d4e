using Reeve.Detection.Rules;
using Reeve.Detection.State;

namespace Reeve.Detection.Correlation;

/// <summary>What an engine has seen as bytes: for each rule its fingerprint and its groups, and the requests that were counted.</summary>
internal static class CorrelationState
{
    // Far above every limit: beyond, the bytes are not what was written.
    private const int Most = 1 << 30;

    /// <summary>Writes it.</summary>
    public static void Save(StateWriter to, CorrelationEngine engine)
    {
        to.Time(engine.Watermark);
        to.Number(engine.Evicted);
        to.Number(engine.Kept.Touches);
        to.Number(engine.Kept.Settled);
        to.Number(engine.Windows.Count);
        var fingerprints = new RuleFingerprint(engine.Rules);
        foreach (var windows in engine.Windows)
        {
            to.Text(windows.Rule.Id);
            to.Text(fingerprints.Of(windows.Rule));
            to.Number(windows.Count);
            foreach (var group in windows.Groups)
                Write(to, group);
        }

        var seen = engine.Seen.All.ToList();
        to.Number(seen.Count);
        foreach (var (correlation, place, request) in seen)
        {
            to.Number(correlation);
            to.Number(place);
            to.Wide(request);
        }
    }

    /// <summary>Reads it into an engine that has seen nothing. After an exception the engine must not be used.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    public static void Load(StateReader from, CorrelationEngine engine)
    {
        var (watermark, evicted, touches, settled) = (from.Time(), from.Number(), from.Number(), from.Number());
        var fingerprints = new RuleFingerprint(engine.Rules);
        var known = engine.Windows.Select((windows, index) => (Windows: windows, index)).ToDictionary(one => one.Windows.Rule.Id, StringComparer.Ordinal);
        var places = new List<int?>();
        for (var left = from.Number(Most); left > 0; left--)
        {
            var (id, fingerprint) = (from.Text(), from.Text());
            var isSame = known.TryGetValue(id, out var own) && fingerprints.Of(own.Windows.Rule) == fingerprint;
            places.Add(isSame ? own.index : null);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            for (var groups = from.Number(Most); groups > 0; groups--)
                Read(from, isSame ? own.Windows : null, keys);
        }

        ReadSeen(from, places, engine);
        (engine.Kept.Touches, engine.Kept.Settled) = (touches, settled);
        engine.Resume(watermark, evicted);
    }

    private static void Write(StateWriter to, CorrelationGroup group)
    {
        to.Text(group.Key);
        to.Number(group.Touched);
        to.Number(group.Count);
        foreach (var one in group.Events)
        {
            to.Number(one.Ticks);
            to.Number(one.Place);
            to.Flag(one.Value is not null);
            if (one.Value is not null)
                to.Text(one.Value);
            to.Real(one.Number);
            to.Number(one.Events.Count);
            foreach (var packed in one.Events.All)
                to.Bytes(packed);
        }
    }

    private static void Read(StateReader from, CorrelationWindows? windows, HashSet<string> keys)
    {
        var (key, touched) = (from.Text(), from.Number());
        var contributions = new List<Contribution>();
        for (var left = from.Number(Most); left > 0; left--)
            contributions.Add(ReadContribution(from));
        if (windows is null)
            return;
        if (!keys.Add(key) || GroupKey.Split(key).Length != windows.Rule.GroupBy.Length + 1 || contributions.Count == 0)
            throw from.Damaged("a group is none of its rule");
        for (var at = 0; at < contributions.Count; at++)
        {
            var one = contributions[at];
            if (one.Place < 0 || one.Place >= windows.Rule.Rules.Length || (windows.Rule.Type is CorrelationType.ValueCount or CorrelationType.NewValue && one.Value is null))
                throw from.Damaged("an event is none of its rule");
            if (at > 0 && contributions[at - 1].Ticks > one.Ticks)
                throw from.Damaged("events are not in their order");
        }

        windows.Restore(key, touched, [.. contributions]);
    }

    private static Contribution ReadContribution(StateReader from)
    {
        var (ticks, place) = (from.Time().Ticks, from.Number(Most));
        var value = from.Flag() ? from.Text() : null;
        var number = from.Real();
        if (!double.IsFinite(number))
            throw from.Damaged("a number is none");
        var events = new List<byte[]>();
        for (var left = from.Number(Most); left > 0; left--)
        {
            var packed = from.Bytes();
            events.Add(PackedEvent.IsValid(packed) ? packed : throw from.Damaged("an event cannot be unpacked"));
        }

        return events.Count switch
        {
            0 => throw from.Damaged("an event is missing"),
            1 => new Contribution(ticks, place, value, number, new PackedEvents(events[0])),
            _ => new Contribution(ticks, place, value, number, new PackedEvents([.. events])),
        };
    }

    private static void ReadSeen(StateReader from, List<int?> places, CorrelationEngine engine)
    {
        for (var left = from.Number(Most); left > 0; left--)
        {
            var (correlation, place, request) = (from.Number(Most), from.Number(Most), from.Wide());
            if (correlation >= places.Count)
                throw from.Damaged("a request is of no rule");
            if (places[correlation] is { } now)
                engine.Seen.Add(new SeenRequest(now, place, request));
        }
    }
}
