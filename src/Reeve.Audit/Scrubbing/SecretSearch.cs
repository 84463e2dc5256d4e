using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Finds the secret values of a JSON text, in any order of its members, in JSON inside its strings too. It knows objects
/// by kind, and events by the resource and path they name; an object that breaks off before it names its kind is taken
/// for one that bears secrets. Elsewhere it knows values by their names, and texts by the <see cref="SecretPattern"/>s.
/// </summary>
internal sealed class SecretSearch(ScrubKey key, ScrubEdits edits, DeclaredPaths paths)
{
    private const int DeepestLayer = 4;

    // What fingerprints may add to one object or array, in bytes: the names of an ordinary Secret's keys stay.
    private const int MostGrowth = 4096;

    private readonly List<JsonLayer> _layers = [new JsonLayer(0)];
    private readonly SecretText _text = new(key, edits);
    private SecretHits _hits = new();
    private int _nextHit;
    private (JsonLayer? Layer, int Index, bool IsTouched) _command;
    private bool _endsInCommand;

    /// <summary>Behind the last whole token of the record.</summary>
    public int End => _layers[0].Tape.End;

    /// <summary>Whether the record begins with a whole value.</summary>
    public bool Complete => _layers[0].Tape.Complete;

    /// <summary>What was found outside its proper place.</summary>
    public SecretKind Misplaced { get; private set; }

    /// <summary>Notes the edits of a record; true if what follows its last whole token belongs to an object with secrets.</summary>
    public bool Run(ReadOnlySpan<byte> record, SecretHits hits, RecordState state)
    {
        (_hits, _nextHit, _command, _endsInCommand, Misplaced) = (hits, 0, default, false, SecretKind.None);
        var layer = _layers[0];
        layer.Tape.Build(record);
        return Walk(layer, record, state == RecordState.Unreadable ? SecretScope.Body : SecretScope.None) | EndsInSecret(layer, record);
    }

    /// <summary>Notes the edits of bytes nobody could parse.</summary>
    public void RunText(ReadOnlySpan<byte> record, int from)
    {
        _text.Clear();
        _text.AppendString(_layers[0], record, from, record.Length - from, escaped: false);
        _text.DecodeUrl(isUrl: false);
        Misplaced |= _text.Scrub(withLength: true);
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
            if (IsSecret(layer, text, i, outer) || IsDeclared(layer, text, i))
            {
                if (node.IsContainer && (node.IsOpen || ((outer & SecretScope.Payload) == SecretScope.None && !Swells(tape, i))))
                {
                    node.Scope = (outer & SecretScope.Inherited) | SecretScope.Payload;
                    openBearing |= node.IsOpen;
                    i++;
                    continue;
                }

                var isAll = node.IsContainer && (outer & SecretScope.Payload) == SecretScope.None;
                Replace(layer, text, node, layer.IsForeign ? SecretKind.SecretObject : SecretKind.None, isAll);
                i = node.Next;
                continue;
            }

            if (node.IsContainer)
            {
                node.Scope = SecretScopes.Of(layer, text, i, outer);
                openBearing |= node.IsOpen && (node.Scope & SecretScope.Bearing) != SecretScope.None;
                if (node.Token == JsonToken.StartArray)
                    SearchWords(layer, text, i);
            }
            else
                SearchValue(layer, text, i, outer);
            i++;
        }

        return openBearing;
    }

    private static bool IsSecret(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope outer)
    {
        if ((outer & SecretScope.Payload) != SecretScope.None)
            return true;
        if ((outer & SecretScope.Bearing) == SecretScope.None)
            return false;
        ref var node = ref layer.Tape[index];
        var name = layer.Key(text, node);
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

    private bool IsDeclared(JsonLayer layer, ReadOnlySpan<byte> text, int index)
    {
        ref var node = ref layer.Tape[index];
        if (layer.Depth > 0 || paths.IsEmpty || node.KeyEnd == 0 || !paths.Match(layer.Tape, text, layer.Key(text, node), node.Parent))
            return false;
        Misplaced |= SecretKind.DeclaredPath;
        return true;
    }

    // Whether the value that breaks off may be a secret, by what stands in front of it.
    private bool EndsInSecret(JsonLayer layer, ReadOnlySpan<byte> text)
    {
        var tape = layer.Tape;
        if (tape.Open < 0)
            return false;
        ref var open = ref tape[tape.Open];
        var peek = 0;
        if (open.Token == JsonToken.StartArray)
            return _endsInCommand || _hits.Touches(open.Start, tape.End, ref peek);
        var name = layer.OpenKey(text);
        if (name.IsEmpty)
            return false;
        return ((open.Scope & SecretScope.Environment) != SecretScope.None && name.SequenceEqual("value"u8))
            || SecretNames.IsMember(name) || name.SequenceEqual("token"u8) || name.SequenceEqual("auth"u8)
            || (!paths.IsEmpty && paths.Match(tape, text, name, tape.Open));
    }

    private void SearchValue(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope outer)
    {
        ref var node = ref layer.Tape[index];
        var isOpenVariable = (outer & SecretScope.Environment) != SecretScope.None && layer.Key(text, node).SequenceEqual("value"u8);
        var isTouched = isOpenVariable || (outer & SecretScope.CloudKey) != SecretScope.None || layer.Depth > 0
            || _hits.Touches(node.KeyEnd > 0 ? node.KeyStart : node.Start, node.End, ref _nextHit);
        if (isTouched && NamedKind(layer, text, node, outer) is not SecretKind.None and var kind)
        {
            Replace(layer, text, node, kind);
            return;
        }

        if (node.Token != JsonToken.String)
            return;
        var (start, length) = (node.Start + 1, node.End - node.Start - 2);
        var value = text.Slice(start, length);
        if (layer.Depth > 0)
            isTouched = SecretTerms.MayOccur(value);
        if (SearchInner(layer, text, node, outer, isTouched) || !isTouched)
            return;
        if (node.Parent >= 0 && layer.Tape[node.Parent].Token == JsonToken.StartArray)
            return;
        _text.Clear();
        _text.AppendString(layer, text, start, length, node.Escaped);
        var isUrl = value.StartsWith("/"u8) || value.StartsWith("http"u8);
        if (isUrl || value.IndexOf((byte)'%') >= 0)
            _text.DecodeUrl(isUrl);
        Misplaced |= _text.Scrub();
    }

    // By its name, or by what stands beside it.
    private static SecretKind NamedKind(JsonLayer layer, ReadOnlySpan<byte> text, in JsonNode node, SecretScope outer)
    {
        var isNumber = node.Token == JsonToken.Number;
        if (node.KeyEnd == 0 || (node.Token != JsonToken.String && !isNumber))
            return SecretKind.None;
        var name = layer.Key(text, node);
        var value = isNumber ? text[node.Start..node.End] : layer.Value(text, node);
        if (SecretPlaceholders.Is(value))
            return SecretKind.None;
        if ((outer & SecretScope.Environment) != SecretScope.None && name.SequenceEqual("value"u8))
            return SecretKind.Environment;
        if (SecretNames.IsMember(name) || (name.SequenceEqual("token"u8) && AuthorizationHeaders.IsCredential(value)))
            return SecretKind.NamedValue;
        if (name.SequenceEqual("auth"u8) && AuthorizationHeaders.IsCredential(value))
            return SecretKind.RegistryCredential;
        return (outer & SecretScope.CloudKey) != SecretScope.None && CloudKeys.IsSecret(value) ? SecretKind.CloudKey : SecretKind.None;
    }

    // The texts of an array are the words of a command, or texts of their own, which the breaks between them keep apart.
    private void SearchWords(JsonLayer layer, ReadOnlySpan<byte> text, int index)
    {
        var isTouched = IsTouched(layer, text, index);
        var command = CommandOf(layer, text, index, ref isTouched);
        if (!isTouched)
            return;
        _endsInCommand |= layer.Depth == 0 && layer.Tape[index].IsOpen;
        _text.Clear();
        if (command >= 0)
            AppendWords(layer, text, command);
        AppendWords(layer, text, index);
        Misplaced |= _text.Scrub();
    }

    // A container's `args` go on where its `command` ends.
    private int CommandOf(JsonLayer layer, ReadOnlySpan<byte> text, int index, ref bool isTouched)
    {
        var name = layer.Key(text, layer.Tape[index]);
        if (name.SequenceEqual("command"u8))
            _command = (layer, index, isTouched);
        if (!name.SequenceEqual("args"u8) || _command.Layer != layer || layer.Tape[_command.Index].Parent != layer.Tape[index].Parent)
            return -1;
        var command = _command.Index;
        isTouched |= _command.IsTouched;
        _command = default;
        return command;
    }

    private bool IsTouched(JsonLayer layer, ReadOnlySpan<byte> text, int index)
    {
        ref var node = ref layer.Tape[index];
        var end = node.IsOpen ? text.Length : node.End;
        if (layer.Depth > 0)
            return SecretTerms.MayOccur(text[node.Start..end]);
        var peek = _nextHit;
        return _hits.Touches(node.Start, end, ref peek);
    }

    private void AppendWords(JsonLayer layer, ReadOnlySpan<byte> text, int index)
    {
        var tape = layer.Tape;
        for (var i = index + 1; i < tape[index].Next; i = tape[i].Next)
        {
            ref var word = ref tape[i];
            if (word.Token != JsonToken.String)
                continue;
            _text.AppendString(layer, text, word.Start + 1, word.End - word.Start - 2, word.Escaped);
            _text.AppendBreak(layer.ToRecord(word.End - 1));
        }
    }

    private bool SearchInner(JsonLayer layer, ReadOnlySpan<byte> text, in JsonNode node, SecretScope outer, bool isTouched)
    {
        var (start, length) = (node.Start + 1, node.End - node.Start - 2);
        var value = text.Slice(start, length);
        if (!LooksLikeJson(value) || ((outer & SecretScope.Bearing) == SecretScope.None && !isTouched))
            return false;
        var isApplied = layer.Key(text, node).SequenceEqual("kubectl.kubernetes.io/last-applied-configuration"u8);
        var isForeign = layer.IsForeign || !(isApplied || (outer & SecretScope.Bearing) != SecretScope.None);
        var kind = isForeign ? SecretKind.SecretObject : SecretKind.None;
        if (layer.Depth == DeepestLayer)
        {
            Replace(layer, text, node, kind);
            return true;
        }

        if (_layers.Count == layer.Depth + 1)
            _layers.Add(new JsonLayer(layer.Depth + 1));
        var inner = _layers[layer.Depth + 1];
        inner.Fill(layer, text, start, length);
        inner.IsForeign = isForeign;
        inner.Tape.Build(inner.Inner);
        if (inner.Tape.Complete && inner.Inner[inner.Tape.End..].IndexOfAnyExcept(" \t\r\n"u8) < 0)
            Walk(inner, inner.Inner, outer & ~(SecretScope.Labels | SecretScope.Payload | SecretScope.Operation | SecretScope.Environment));
        else if (isApplied || SecretTerms.IsMentioned(inner.Inner))
            Replace(layer, text, node, kind);
        else
            return false;
        return true;
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

    private void Replace(JsonLayer layer, ReadOnlySpan<byte> text, in JsonNode node, SecretKind misplaced, bool withLength = false)
    {
        if (node.Token == JsonToken.Null)
            return;
        var isString = node.Token == JsonToken.String;
        var value = isString ? layer.Value(text, node) : text[node.Start..node.End];
        if (value.IsEmpty || FingerprintText.Is(value))
            return;
        Misplaced |= misplaced;
        var (start, end) = isString ? (node.Start + 1, node.End - 1) : (node.Start, node.End);
        edits.Add(new ScrubEdit(
            layer.ToRecord(start), layer.ToRecord(end), key.Fingerprint(value), withLength ? value.Length : -1, isString ? -1 : layer.Depth));
    }
}
