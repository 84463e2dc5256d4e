using System.Runtime.InteropServices;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>A value of a JSON text. Offsets are those of the text; a string's include its quotes.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct JsonNode
{
    public JsonToken Token;
    public SecretScope Scope;
    public bool KeyEscaped;
    public bool Escaped;

    /// <summary>The member's name between its quotes; both 0 for what is no member.</summary>
    public int KeyStart;
    public int KeyEnd;
    public int Start;

    /// <summary>Behind the value; -1 for an object or array that breaks off.</summary>
    public int End;
    public int Parent;

    /// <summary>The node behind the value and all that is in it.</summary>
    public int Next;

    public readonly bool IsContainer => Token is JsonToken.StartObject or JsonToken.StartArray;

    public readonly bool IsOpen => End < 0;
}

/// <summary>
/// The values of a JSON text in their order, so that an object's <c>kind</c> is known before what stands in front of it
/// is judged. Reusable; at most two million values, then it ends as if the text broke off there.
/// </summary>
internal sealed class JsonTape
{
    private const int Capacity = 1 << 21;
    private const int Kept = 1 << 16;

    private JsonNode[] _nodes = new JsonNode[256];

    public int Count { get; private set; }

    /// <summary>Behind the last whole token.</summary>
    public int End { get; private set; }

    /// <summary>Whether the text begins with a whole value.</summary>
    public bool Complete { get; private set; }

    /// <summary>The object or array in which the text breaks off; -1 where it is whole.</summary>
    public int Open { get; private set; }

    /// <summary>The name of the member whose value is missing where the text breaks off; empty for none.</summary>
    public (int Start, int End, bool Escaped) OpenKey { get; private set; }

    public ref JsonNode this[int index] => ref _nodes[index];

    public void Build(ReadOnlySpan<byte> json)
    {
        Count = 0;
        if (_nodes.Length > Kept)
            _nodes = new JsonNode[256];
        var scanner = new JsonScanner(json);
        var parent = -1;
        var (keyStart, keyEnd, keyEscaped) = (0, 0, false);
        while (Count < Capacity && scanner.Read())
        {
            switch (scanner.Token)
            {
                case JsonToken.Key:
                    (keyStart, keyEnd, keyEscaped) = (scanner.Start + 1, scanner.TextEnd, scanner.Escaped);
                    break;
                case JsonToken.EndObject or JsonToken.EndArray:
                    _nodes[parent].End = scanner.End;
                    _nodes[parent].Next = Count;
                    parent = _nodes[parent].Parent;
                    break;
                default:
                    ref var node = ref Add();
                    node.Token = scanner.Token;
                    (node.KeyStart, node.KeyEnd, node.KeyEscaped) = (keyStart, keyEnd, keyEscaped);
                    (node.Start, node.End, node.Parent, node.Next) = (scanner.Start, scanner.End, parent, Count);
                    node.Escaped = scanner.Token == JsonToken.String && scanner.Escaped;
                    if (node.IsContainer)
                    {
                        node.End = -1;
                        parent = Count - 1;
                    }

                    (keyStart, keyEnd, keyEscaped) = (0, 0, false);
                    break;
            }
        }

        End = scanner.End;
        Complete = scanner.Complete;
        Open = parent;
        OpenKey = (keyStart, keyEnd, keyEscaped);
        for (; parent >= 0; parent = _nodes[parent].Parent)
            _nodes[parent].Next = Count;
    }

    private ref JsonNode Add()
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Count * 2);
        _nodes[Count] = default;
        return ref _nodes[Count++];
    }
}
