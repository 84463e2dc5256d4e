using Reeve.Audit.Reading;

namespace Reeve.Detection.Matching.Slots;

/// <summary>
/// Reads a JSON Patch (RFC 6902), a list of operations, as the object that it writes: a value that <c>add</c> or <c>replace</c> puts at
/// <c>/spec/template/spec/hostPID</c> is one of that path. The places of lists in a path are left out, as they are in paths of rules. What
/// <c>remove</c> takes away stands there without a value; <c>test</c>, <c>move</c> and <c>copy</c> bring no values of their own.
/// </summary>
internal static class JsonPatch
{
    /// <summary>Takes the values of a patch that begins at <paramref name="start"/>; of what is no list of operations nothing.</summary>
    public static void Walk(ReadOnlySpan<byte> json, int start, PathTrie trie, SlotValues values)
    {
        var scanner = new JsonScanner(json[start..]);
        if (!scanner.Read() || scanner.Token != JsonToken.StartArray)
            return;
        while (scanner.Read() && scanner.Token == JsonToken.StartObject)
        {
            var operation = new Operation();
            while (scanner.Read() && scanner.Token == JsonToken.Key)
            {
                if (!TryMember(ref scanner, start, ref operation))
                    return;
            }

            if (scanner.Token != JsonToken.EndObject)
                return;
            Apply(json, operation, trie, values);
        }
    }

    private static bool TryMember(ref JsonScanner scanner, int start, ref Operation operation)
    {
        var name = scanner.Text;
        if (!scanner.Read())
            return false;
        if (name.SequenceEqual("op"u8) && scanner.Token == JsonToken.String)
        {
            operation.Name = scanner.Text;
        }
        else if (name.SequenceEqual("path"u8) && scanner.Token == JsonToken.String)
        {
            operation.Path = scanner.Text;
            operation.IsEscaped = scanner.Escaped;
        }
        else if (name.SequenceEqual("value"u8))
        {
            operation.Value = start + scanner.Start;
        }

        return scanner.Skip();
    }

    private static void Apply(ReadOnlySpan<byte> json, in Operation operation, PathTrie trie, SlotValues values)
    {
        var removes = operation.Name.SequenceEqual("remove"u8);
        var writes = operation.Value >= 0 && (operation.Name.SequenceEqual("add"u8) || operation.Name.SequenceEqual("replace"u8));
        if ((removes || writes) && Find(operation, trie, values) is { } place && writes)
            PathWalker.Walk(json, operation.Value, place, values);
    }

    // Whatever is on the way stands there, too.
    private static PathTrie? Find(in Operation operation, PathTrie trie, SlotValues values)
    {
        var path = operation.Path;
        if (operation.IsEscaped)
        {
            var room = values.Scratch(path.Length);
            path = room[..JsonText.Unescape(path, room)].ToArray();
        }

        if (path.IsEmpty)
            return trie;
        if (path[0] != '/')
            return null;
        var node = trie;
        foreach (var segment in path[1..].Split((byte)'/'))
        {
            var name = path[1..][segment];
            // A name may consist of digits, so that a place of a list is what no rule asks for by its name.
            if (node.Find(Unescaped(name, values)) is { } next)
            {
                node = next;
                node.Slots.ForEach(values.SetThere);
            }
            else if (!IsPlace(name))
            {
                return null;
            }
        }

        return node;
    }

    // RFC 6901 §4: ~1 is a slash, ~0 a tilde.
    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> name, SlotValues values)
    {
        if (!name.Contains((byte)'~'))
            return name;
        var room = values.Scratch(name.Length);
        var length = 0;
        for (var at = 0; at < name.Length; at++)
        {
            var isEscape = name[at] == '~' && at + 1 < name.Length && name[at + 1] is (byte)'0' or (byte)'1';
            room[length++] = !isEscape ? name[at] : name[++at] == '1' ? (byte)'/' : (byte)'~';
        }

        return room[..length];
    }

    private static bool IsPlace(ReadOnlySpan<byte> name) => name.SequenceEqual("-"u8) || (name.Length > 0 && !name.ContainsAnyExceptInRange((byte)'0', (byte)'9'));

    private ref struct Operation
    {
        public ReadOnlySpan<byte> Name;
        public ReadOnlySpan<byte> Path;
        public bool IsEscaped;
        public int Value = -1;

        public Operation()
        {
        }
    }
}
