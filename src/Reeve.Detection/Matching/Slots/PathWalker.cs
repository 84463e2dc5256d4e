using System.Runtime.InteropServices;
using Reeve.Audit.Reading;

namespace Reeve.Detection.Matching.Slots;

/// <summary>Goes through a part of an event's JSON once and takes the values of all paths that rules ask for. What is cut gives what is whole before it.</summary>
internal static class PathWalker
{
    // No real list nests deeper; deeper ones are left out, so that no input can exhaust the stack.
    private const int MostNested = 64;

    /// <summary>Takes the values of the JSON value that begins at <paramref name="start"/>; what follows it is not looked at.</summary>
    public static void Walk(ReadOnlySpan<byte> json, int start, PathTrie trie, SlotValues values)
    {
        var scanner = new JsonScanner(json[start..]);
        if (scanner.Read())
            Value(ref scanner, new Place(start, values), trie, 0);
    }

    private static void Value(ref JsonScanner scanner, in Place place, PathTrie node, int depth)
    {
        foreach (var slot in node.Slots)
            place.Values.SetThere(slot);
        switch (scanner.Token)
        {
            case JsonToken.StartArray when depth < MostNested:
                while (scanner.Read() && scanner.Token != JsonToken.EndArray)
                    Value(ref scanner, place, node, depth + 1);
                break;
            case JsonToken.StartObject when depth < MostNested:
                Object(ref scanner, place, node, depth);
                break;
            case JsonToken.StartArray or JsonToken.StartObject:
                scanner.Skip();
                break;
            case JsonToken.Null:
                break;
            default:
                Scalar(ref scanner, place, node);
                break;
        }
    }

    private static void Object(ref JsonScanner scanner, in Place place, PathTrie node, int depth)
    {
        var start = scanner.Start;
        if (node.IsLeaf)
            scanner.Skip();
        else
            Members(ref scanner, place, node, depth);
        // Of an object that is cut nobody knows the text.
        if (scanner.Token != JsonToken.EndObject)
            return;
        foreach (var slot in node.Slots)
            place.Values.Add(slot, place.Start + start, scanner.End - start);
    }

    private static void Members(ref JsonScanner scanner, in Place place, PathTrie node, int depth)
    {
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var child = Find(ref scanner, place, node);
            if (!scanner.Read())
                return;
            if (child is null)
                scanner.Skip();
            else
                Value(ref scanner, place, child, depth + 1);
        }
    }

    private static PathTrie? Find(ref JsonScanner scanner, in Place place, PathTrie node)
    {
        if (!scanner.Escaped)
            return node.Find(scanner.Text);
        var name = place.Values.Scratch(scanner.Text.Length);
        return node.Find(name[..JsonText.Unescape(scanner.Text, name)]);
    }

    private static void Scalar(ref JsonScanner scanner, in Place place, PathTrie node)
    {
        foreach (var slot in node.Slots)
        {
            if (scanner.Token != JsonToken.String)
                place.Values.Add(slot, place.Start + scanner.Start, scanner.End - scanner.Start);
            else if (!scanner.Escaped)
                place.Values.Add(slot, place.Start + scanner.Start + 1, scanner.Text.Length);
            else
                place.Values.Keep(slot, JsonText.Unescape(scanner.Text, place.Values.Scratch(scanner.Text.Length)));
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Start, SlotValues Values);
}
