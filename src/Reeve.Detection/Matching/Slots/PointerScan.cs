using System.Globalization;
using System.Text;
using Reeve.Audit.Reading;

namespace Reeve.Detection.Matching.Slots;

/// <summary>Follows a JSON pointer; of a name that stands twice the last counts, as in the apiserver's own decoder.</summary>
internal static class PointerScan
{
    /// <summary>Goes to the value; false where there is none. The scanner is before its value.</summary>
    public static bool TryFind(ref JsonScanner scanner, string[] names, SlotValues scratch)
    {
        if (!scanner.Read())
            return false;
        foreach (var name in names)
        {
            var found = scanner.Token switch
            {
                JsonToken.StartObject => TryMember(ref scanner, Encoding.UTF8.GetBytes(name), scratch),
                JsonToken.StartArray => TryElement(ref scanner, name),
                _ => false,
            };
            if (!found)
                return false;
        }

        return true;
    }

    private static bool TryMember(ref JsonScanner scanner, ReadOnlySpan<byte> name, SlotValues scratch)
    {
        var last = default(JsonScanner);
        var found = false;
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var isIt = Is(scanner, name, scratch);
            if (!scanner.Read())
                break;
            if (isIt)
            {
                last = scanner;
                found = true;
            }

            scanner.Skip();
        }

        if (found)
            scanner = last;
        return found;
    }

    private static bool Is(JsonScanner key, ReadOnlySpan<byte> name, SlotValues scratch)
    {
        if (!key.Escaped)
            return key.Text.SequenceEqual(name);
        var room = scratch.Scratch(key.Text.Length);
        return room[..JsonText.Unescape(key.Text, room)].SequenceEqual(name);
    }

    private static bool TryElement(ref JsonScanner scanner, string name)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return false;
        for (var at = 0; scanner.Read() && scanner.Token != JsonToken.EndArray; at++)
        {
            if (at == place)
                return true;
            scanner.Skip();
        }

        return false;
    }
}
