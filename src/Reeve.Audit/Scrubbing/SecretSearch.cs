using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Finds the secret values of a JSON text, in any order of its members, in JSON inside its strings too. It knows objects
/// by kind, and events by the resource and path they name; an object that breaks off before it names its kind is taken
/// for one that bears secrets. A JWT is a secret wherever it stands.
/// </summary>
internal sealed class SecretSearch(ScrubKey key, ScrubEdits edits)
{
    private const int DeepestLayer = 4;

    // What fingerprints may add to one object or array, in bytes: the names of an ordinary Secret's keys stay.
    private const int MostGrowth = 4096;

    private readonly List<JsonLayer> _layers = [new JsonLayer(0)];
    private byte[] _scratch = new byte[1024];

    /// <summary>Behind the last whole token of the record.</summary>
    public int End => _layers[0].Tape.End;

    /// <summary>Whether the record begins with a whole value.</summary>
    public bool Complete => _layers[0].Tape.Complete;

    /// <summary>Notes the edits of a record; true if what follows its last whole token belongs to an object with secrets.</summary>
    public bool Run(ReadOnlySpan<byte> record, RecordState state)
    {
        var layer = _layers[0];
        layer.Tape.Build(record);
        return Walk(layer, record, state == RecordState.Unreadable ? SecretScope.Body : SecretScope.None);
    }

    private bool Walk(JsonLayer layer, ReadOnlySpan<byte> text, SecretScope inherited)
    {
        var tape = layer.Tape;
        var openBearing = false;
        for (var i = 0; i < tape.Count;)
        {
            ref var node = ref tape[i];
            var outer = node.Parent < 0 ? inherited : tape[node.Parent].Scope;
            if (node.IsContainer && node.IsOpen)
                openBearing |= (outer & SecretScope.Bearing) != SecretScope.None;
            if (IsSecret(layer, text, i, outer))
            {
                if (node.IsContainer && (node.IsOpen || ((outer & SecretScope.Payload) == SecretScope.None && !Swells(tape, i))))
                {
                    node.Scope = (outer & SecretScope.Inherited) | SecretScope.Payload;
                    openBearing |= node.IsOpen;
                    i++;
                    continue;
                }

                var isAll = node.IsContainer && (outer & SecretScope.Payload) == SecretScope.None;
                Replace(layer, text, node, isAll);
                i = node.Next;
                continue;
            }

            if (node.Token == JsonToken.String)
                SearchString(layer, text, node, outer);
            else if (node.IsContainer)
            {
                node.Scope = ScopeOf(layer, text, i, outer);
                openBearing |= node.IsOpen && (node.Scope & SecretScope.Bearing) != SecretScope.None;
            }

            i++;
        }

        return openBearing;
    }

    private bool IsSecret(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope outer)
    {
        if ((outer & SecretScope.Payload) != SecretScope.None)
            return true;
        ref var node = ref layer.Tape[index];
        if (node.Token == JsonToken.String && SecretTerms.IsJwt(text[(node.Start + 1)..(node.End - 1)]))
            return true;
        if ((outer & SecretScope.Bearing) == SecretScope.None)
            return false;
        var name = Key(text, node);
        if ((outer & SecretScope.Operation) != SecretScope.None && name.SequenceEqual("value"u8))
            return true;
        if ((outer & SecretScope.Labels) != SecretScope.None && node.Token == JsonToken.String)
            return false;
        if (SecretTerms.IsSecretKey(name, outer))
            return true;
        // A body of a Secret that is no object, and a decoder's message that quotes the body, are secrets as a whole.
        return !node.IsContainer
            && (name.SequenceEqual("requestObject"u8) || name.SequenceEqual("responseObject"u8)
                || (name.SequenceEqual("message"u8) && text[node.Start..node.End].IndexOf("bigger context"u8) >= 0));
    }

    private SecretScope ScopeOf(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope outer)
    {
        var tape = layer.Tape;
        var scope = outer & SecretScope.Inherited;
        var name = Key(text, tape[index]);
        if (name.SequenceEqual("labels"u8) || name.SequenceEqual("annotations"u8))
            scope |= SecretScope.Labels;
        if (name.SequenceEqual("requestObject"u8) || name.SequenceEqual("responseObject"u8))
            scope |= SecretScope.Body;
        if (tape[index].Token != JsonToken.StartObject)
            return scope;
        var named = false;
        for (var i = index + 1; i < tape[index].Next; i = tape[i].Next)
            scope |= ScopeOfMember(layer, text, i, scope, ref named);
        var isUnknown = tape[index].IsOpen && !named;
        if (isUnknown && ((scope & SecretScope.Body) != SecretScope.None || index == 0))
            scope |= SecretScope.Secret | SecretScope.Token;
        return scope;
    }

    private SecretScope ScopeOfMember(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope scope, ref bool named)
    {
        ref var member = ref layer.Tape[index];
        var name = Key(text, member);
        if (name.SequenceEqual("objectRef"u8) && member.Token == JsonToken.StartObject)
        {
            named |= !member.IsOpen;
            var found = SecretScope.None;
            for (var i = index + 1; i < member.Next; i = layer.Tape[i].Next)
            {
                if (layer.Tape[i].Token != JsonToken.String)
                    continue;
                if (Key(text, layer.Tape[i]).SequenceEqual("resource"u8))
                    found |= SecretTerms.OfResource(Value(text, layer.Tape[i]));
                else if (Key(text, layer.Tape[i]).SequenceEqual("subresource"u8))
                    found |= SecretTerms.OfSubresource(Value(text, layer.Tape[i]));
            }

            return found;
        }

        if (member.Token != JsonToken.String)
            return SecretScope.None;
        if (name.SequenceEqual("kind"u8))
        {
            var kind = Value(text, member);
            // An event's own kind says nothing about the bodies in it.
            named |= !kind.SequenceEqual("Event"u8);
            return SecretTerms.OfKind(kind);
        }

        if (name.SequenceEqual("requestURI"u8))
        {
            named = true;
            return SecretTerms.OfUri(Value(text, member));
        }

        if (name.SequenceEqual("type"u8))
            return SecretTerms.OfType(Value(text, member));
        return name.SequenceEqual("path"u8) && SecretTerms.IsSecretPath(Value(text, member), scope)
            ? SecretScope.Operation : SecretScope.None;
    }

    private void SearchString(JsonLayer layer, ReadOnlySpan<byte> text, in JsonNode node, SecretScope outer)
    {
        var (start, length) = (node.Start + 1, node.End - node.Start - 2);
        var value = text.Slice(start, length);
        if (!LooksLikeJson(value) || ((outer & SecretScope.Bearing) == SecretScope.None && !SecretTerms.MayOccur(value)))
            return;
        var isApplied = Key(text, node).SequenceEqual("kubectl.kubernetes.io/last-applied-configuration"u8);
        if (layer.Depth == DeepestLayer)
        {
            Replace(layer, text, node);
            return;
        }

        if (_layers.Count == layer.Depth + 1)
            _layers.Add(new JsonLayer(layer.Depth + 1));
        var inner = _layers[layer.Depth + 1];
        inner.Fill(layer, text, start, length);
        inner.Tape.Build(inner.Inner);
        if (inner.Tape.Complete && inner.Inner[inner.Tape.End..].IndexOfAnyExcept(" \t\r\n"u8) < 0)
            Walk(inner, inner.Inner, outer & ~(SecretScope.Labels | SecretScope.Payload | SecretScope.Operation));
        else if (isApplied || SecretTerms.IsMentioned(inner.Inner))
            Replace(layer, text, node);
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> value)
    {
        var at = value.IndexOfAnyExcept(" \t\r\n"u8);
        if (at < 0 || value.Length - at < 8)
            return false;
        return value[at] switch
        {
            (byte)'{' => true,
            (byte)'[' => value[at + 1] is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z')),
            (byte)'\\' => true,
            _ => false,
        };
    }

    // Many short values would become many times their size.
    private static bool Swells(JsonTape tape, int container)
    {
        var growth = 0L;
        for (var i = container + 1; i < tape[container].Next; i = tape[i].Next)
        {
            if (tape[i].Token != JsonToken.Null)
                growth += FingerprintText.Length + 2 - (tape[i].End - tape[i].Start);
        }

        return growth > MostGrowth;
    }

    private void Replace(JsonLayer layer, ReadOnlySpan<byte> text, in JsonNode node, bool withLength = false)
    {
        if (node.Token == JsonToken.Null)
            return;
        var isString = node.Token == JsonToken.String;
        var value = isString ? Value(text, node) : text[node.Start..node.End];
        if (value.IsEmpty || FingerprintText.Is(value))
            return;
        var (start, end) = isString ? (node.Start + 1, node.End - 1) : (node.Start, node.End);
        edits.Add(new ScrubEdit(
            layer.ToRecord(start), layer.ToRecord(end), key.Fingerprint(value), withLength ? value.Length : -1, isString ? -1 : layer.Depth));
    }

    private ReadOnlySpan<byte> Key(ReadOnlySpan<byte> text, in JsonNode node)
    {
        var name = text[node.KeyStart..node.KeyEnd];
        return node.KeyEscaped ? Unescape(name) : name;
    }

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text, in JsonNode node)
    {
        var value = text[(node.Start + 1)..(node.End - 1)];
        return node.Escaped ? Unescape(value) : value;
    }

    private Span<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_scratch.Length < text.Length)
            _scratch = new byte[text.Length];
        return _scratch.AsSpan(0, JsonText.Unescape(text, _scratch));
    }
}
