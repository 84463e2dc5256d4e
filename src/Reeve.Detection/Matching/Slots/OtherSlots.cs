using System.Globalization;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Requests;

namespace Reeve.Detection.Matching.Slots;

/// <summary>Fills the slots that few rules ask for: pointers, query parameters, what is read out of other fields. Not thread-safe.</summary>
internal sealed class OtherSlots(SlotReader reader, SlotValues values)
{
    private const long NanosecondsPerTick = 100;

    private static readonly string[] Times = ["stageTimestamp", "requestReceivedTimestamp", "timestamp", "metadata/creationTimestamp"];

    private readonly CatalogueValues _catalogue = new(reader, values);

    /// <summary>Fills a slot that was just opened.</summary>
    public void Fill(Slot slot)
    {
        switch (slot.Kind)
        {
            case SlotKind.Pointer or SlotKind.Text:
                FillPointer(slot);
                break;
            case SlotKind.Query:
                FillQuery(slot);
                break;
            case SlotKind.RawTime:
                if (Time() is { } time)
                    values.Add(slot.Index, ((Int128)(time - DateTime.UnixEpoch).Ticks * NanosecondsPerTick).ToString(CultureInfo.InvariantCulture));
                break;
            case SlotKind.Catalogue:
                _catalogue.Fill(slot);
                break;
            case SlotKind.Union:
                FillUnion(slot);
                break;
            case SlotKind.Computed:
                foreach (var value in ((Fields.Field.Computed)slot.Field).Compute([.. slot.Parts.Select(Texts)]))
                    values.Add(slot.Index, value);
                break;
            default:
                throw new InvalidOperationException($"{slot.Kind} is filled elsewhere");
        }
    }

    private void FillPointer(Slot slot)
    {
        var text = ((Fields.Field.Pointer)slot.Field).Text;
        var scanner = new JsonScanner(reader.Json);
        if ((text.Length > 0 && text[0] != '/') || !PointerScan.TryFind(ref scanner, JsonPointer.Parse(text), values))
            return;
        values.SetThere(slot.Index);
        if (scanner.Token == JsonToken.Null)
            return;
        if (scanner.Token == JsonToken.String)
            values.Keep(slot.Index, JsonText.Unescape(scanner.Text, values.Scratch(scanner.Text.Length)));
        else
        {
            var start = scanner.Start;
            if (scanner.Skip())
                values.Add(slot.Index, start, scanner.End - start);
        }
    }

    private void FillQuery(Slot slot)
    {
        foreach (var value in new QueryValues(RequestUri(), Encoding.UTF8.GetBytes(slot.Name)))
        {
            var room = values.Scratch(value.Length);
            values.Keep(slot.Index, RequestQuery.Decode(value, room));
            return;
        }
    }

    private ReadOnlySpan<byte> RequestUri() => reader.Event is { } read ? read[EventField.RequestUri] : TextAt(["requestURI"]);

    private DateTime? Time()
    {
        if (reader.Event is { } read)
            return read.StageAt ?? read.RequestReceivedAt;
        foreach (var name in Times)
        {
            if (DateTimeOffset.TryParse(Encoding.UTF8.GetString(TextAt(name.Split('/'))), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                return time.UtcDateTime;
        }

        return null;
    }

    private ReadOnlySpan<byte> TextAt(string[] names)
    {
        var scanner = new JsonScanner(reader.Json);
        if (!PointerScan.TryFind(ref scanner, names, values) || scanner.Token != JsonToken.String)
            return default;
        var text = new byte[scanner.Text.Length];
        return text.AsSpan(0, JsonText.Unescape(scanner.Text, text));
    }

    private void FillUnion(Slot slot)
    {
        var firstOnly = ((Fields.Field.Union)slot.Field).FirstOnly;
        foreach (var part in slot.Parts)
        {
            if (reader.IsThere(part))
                values.SetThere(slot.Index);
            for (var index = 0; index < reader.Count(part); index++)
            {
                values.Add(slot.Index, reader.Value(part, index));
                if (firstOnly)
                    return;
            }
        }
    }

    private List<string> Texts(Slot slot)
    {
        var count = reader.Count(slot);
        var texts = new List<string>(count);
        for (var index = 0; index < count; index++)
            texts.Add(Encoding.UTF8.GetString(reader.Value(slot, index)));
        return texts;
    }
}
