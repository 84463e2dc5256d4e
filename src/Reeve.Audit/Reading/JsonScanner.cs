namespace Reeve.Audit.Reading;

/// <summary>What a <see cref="JsonScanner"/> stands on.</summary>
internal enum JsonToken : byte
{
    None,
    StartObject,
    EndObject,
    StartArray,
    EndArray,

    /// <summary>A member's name together with its colon.</summary>
    Key,
    String,
    Number,
    True,
    False,
    Null,
}

/// <summary>
/// Goes through one JSON value token by token (RFC 8259) and never throws: it stops before the first token that is not
/// whole. Strings may hold control characters and invalid UTF-8, numbers are taken by their characters alone, both
/// because a relay's damage to one value should not cost the others. Any depth; the heap is used below 64 only.
/// </summary>
internal ref struct JsonScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private ulong _kinds;
    private ulong[]? _outerKinds;
    private State _state;

    public JsonScanner(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>Goes on in an object, behind the value of a member that ends at <paramref name="end"/>.</summary>
    public JsonScanner(ReadOnlySpan<byte> json, int end)
        : this(json)
    {
        _kinds = 1;
        Depth = 1;
        End = Start = end;
        _state = State.AfterValue;
    }

    private enum State : byte
    {
        Value,
        ObjectStart,
        ArrayStart,
        AfterKey,
        AfterValue,
    }

    public JsonToken Token { get; private set; }

    /// <summary>Where the token begins; a string's quote included.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the token; after the last one, behind the last whole token.</summary>
    public int End { get; private set; }

    /// <summary>Where a key's own text ends: its closing quote; <see cref="End"/> is behind the colon.</summary>
    public int TextEnd { get; private set; }

    /// <summary>Whether the key or string holds a backslash.</summary>
    public bool Escaped { get; private set; }

    /// <summary>How many objects and arrays are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the value was read to its end.</summary>
    public readonly bool Complete => _state == State.AfterValue && Depth == 0;

    /// <summary>The key's or string's text between its quotes, still escaped.</summary>
    public readonly ReadOnlySpan<byte> Text => _json[(Start + 1)..TextEnd];

    private readonly bool InObject => (_kinds & 1) != 0;

    /// <summary>Goes to the next token; false at the end of the value or where no whole token follows.</summary>
    public bool Read()
    {
        var at = SkipSpace(End);
        switch (_state)
        {
            case State.Value or State.AfterKey:
                return ReadValue(at);
            case State.ObjectStart:
                return at < _json.Length && _json[at] == '}' ? Close(at) : ReadKey(at);
            case State.ArrayStart:
                return at < _json.Length && _json[at] == ']' ? Close(at) : ReadValue(at);
            default:
                if (Depth == 0 || at >= _json.Length)
                    return false;
                if (_json[at] != ',')
                    return _json[at] == (InObject ? '}' : ']') && Close(at);
                at = SkipSpace(at + 1);
                return InObject ? ReadKey(at) : ReadValue(at);
        }
    }

    /// <summary>Goes to the end of the object or array just opened; a scalar is its own end. False if it is not whole.</summary>
    public bool Skip()
    {
        if (Token is not (JsonToken.StartObject or JsonToken.StartArray))
            return true;
        var depth = Depth - 1;
        while (Read())
        {
            if (Depth == depth)
                return true;
        }

        return false;
    }

    private bool ReadValue(int at)
    {
        if (at >= _json.Length)
            return false;
        return _json[at] switch
        {
            (byte)'"' => ReadString(at, JsonToken.String),
            (byte)'{' => Open(at, JsonToken.StartObject, State.ObjectStart),
            (byte)'[' => Open(at, JsonToken.StartArray, State.ArrayStart),
            (byte)'t' => ReadWord(at, "true"u8, JsonToken.True),
            (byte)'f' => ReadWord(at, "false"u8, JsonToken.False),
            (byte)'n' => ReadWord(at, "null"u8, JsonToken.Null),
            _ => ReadNumber(at),
        };
    }

    private bool ReadKey(int at)
    {
        if (at >= _json.Length || _json[at] != '"')
            return false;
        var close = FindQuote(at + 1, out var escaped);
        if (close < 0)
            return false;
        var colon = SkipSpace(close + 1);
        if (colon >= _json.Length || _json[colon] != ':')
            return false;
        Accept(JsonToken.Key, at, colon + 1, State.AfterKey);
        TextEnd = close;
        Escaped = escaped;
        return true;
    }

    private bool ReadString(int at, JsonToken token)
    {
        var close = FindQuote(at + 1, out var escaped);
        if (close < 0)
            return false;
        Accept(token, at, close + 1, State.AfterValue);
        TextEnd = close;
        Escaped = escaped;
        return true;
    }

    private readonly int FindQuote(int at, out bool escaped)
    {
        escaped = false;
        while (true)
        {
            var found = _json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
                return -1;
            at += found;
            if (_json[at] == '"')
                return at;
            escaped = true;
            at += 2;
            if (at >= _json.Length)
                return -1;
        }
    }

    private bool ReadNumber(int at)
    {
        var end = at;
        while (end < _json.Length && _json[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E')
            end++;
        return end > at && EndsAt(end) && Accept(JsonToken.Number, at, end, State.AfterValue);
    }

    private bool ReadWord(int at, ReadOnlySpan<byte> word, JsonToken token) =>
        _json[at..].StartsWith(word) && EndsAt(at + word.Length) && Accept(token, at, at + word.Length, State.AfterValue);

    // What ends at the end of the bytes may have been longer before somebody cut it.
    private readonly bool EndsAt(int end) =>
        end < _json.Length && _json[end] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private bool Open(int at, JsonToken token, State state)
    {
        if (Depth > 0 && Depth % 64 == 0)
        {
            var block = (Depth / 64) - 1;
            if (_outerKinds is null || block == _outerKinds.Length)
                Array.Resize(ref _outerKinds, Math.Max(4, block * 2));
            _outerKinds[block] = _kinds;
        }

        _kinds = (_kinds << 1) | (token == JsonToken.StartObject ? 1UL : 0);
        Depth++;
        return Accept(token, at, at + 1, state);
    }

    private bool Close(int at)
    {
        var token = InObject ? JsonToken.EndObject : JsonToken.EndArray;
        Pop();
        return Accept(token, at, at + 1, State.AfterValue);
    }

    private void Pop()
    {
        Depth--;
        _kinds >>= 1;
        if (Depth > 0 && Depth % 64 == 0)
            _kinds = _outerKinds![(Depth / 64) - 1];
    }

    private bool Accept(JsonToken token, int start, int end, State state)
    {
        Token = token;
        Start = start;
        End = end;
        _state = state;
        return true;
    }

    private readonly int SkipSpace(int at)
    {
        while (at < _json.Length && _json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }
}
