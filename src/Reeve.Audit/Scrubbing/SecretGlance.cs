using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Looks around the needles of a whole event, no further than the words they stand in, for those that mean nothing: the
/// path of a Secret whose body is not there, <c>secretName</c>, a mounted token. Whatever it cannot tell it leaves to the
/// search of the whole event. Linear in the event.
/// </summary>
internal ref struct SecretGlance(ReadOnlySpan<byte> record)
{
    private readonly ReadOnlySpan<byte> _record = record;
    private bool? _hasPayload;
    private bool? _hasValue;

    /// <summary>Whether the event has to be searched.</summary>
    public bool NeedsSearch(SecretHits hits)
    {
        if (hits.IsOverfull || hits.HasBootstrapToken)
            return true;
        for (var i = 0; i < hits.Count; i++)
        {
            if (hits[i].Needle.Look == NeedleLook.Payload)
                _hasPayload = true;
        }

        var from = 0;
        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (hit.At < from && hit.Needle.Look == NeedleLook.Name)
                continue;
            var needs = hit.Needle.Look switch
            {
                NeedleLook.Name => MayBeName(hit, ref from),
                NeedleLook.Scheme => HasCredentials(hit.At + hit.Needle.Bytes.Length),
                NeedleLook.Url => NamesPassword(hit.At + 3),
                NeedleLook.Program => !IsClient(hit.At + hit.Needle.Bytes.Length),
                NeedleLook.Payload or NeedleLook.Bootstrap => false,
                _ => true,
            };
            if (needs)
                return true;
        }

        return false;
    }

    private bool MayBeName(SecretHit hit, ref int from)
    {
        var (start, end) = (hit.At, hit.At + hit.Needle.Bytes.Length);
        while (start > from && IsWord(_record[start - 1]))
            start--;
        // A needle may reach behind the word: `auth"`, `sig=`.
        while (end > hit.At && !IsWord(_record[end - 1]))
            end--;
        while (end < _record.Length && IsWord(_record[end]))
            end++;
        from = end;
        var word = _record[start..end];
        var last = word[(word.LastIndexOf((byte)'/') + 1)..];
        if (SpeaksOfSecrets(word) && HasPayload())
            return true;
        if (end == _record.Length)
            return true;
        return _record[end] switch
        {
            (byte)'"' => word[0] == '-' || MayBeMember(start, end + 1, last),
            (byte)'\\' => word[0] == '-' || MayBeInner(end, last),
            (byte)'=' or (byte)'%' => true,
            (byte)':' or (byte)'\'' => MayBeKey(last) || last.SequenceEqual("pass"u8),
            (byte)' ' when _record[SkipSpaces(end)..] is [(byte)'=' or (byte)':', ..] => true,
            _ => word[0] == '-' && SecretNames.IsVariable(last),
        };
    }

    // After the closing quote: a colon where it is a member's name.
    private bool MayBeMember(int start, int at, ReadOnlySpan<byte> name)
    {
        at = SkipSpaces(at);
        var isScalar = at < _record.Length && _record[at] == ':'
            && _record[SkipSpaces(at + 1)..] is [(byte)'"', not (byte)'"', ..] or [>= (byte)'0' and <= (byte)'9', ..] or [(byte)'-', ..];
        if (at < _record.Length && _record[at] == ':')
            return name.SequenceEqual("token"u8) ? !_record[SkipSpaces(at + 1)..].StartsWith("\"\""u8) : isScalar && MayBeKey(name);
        return SecretNames.IsVariable(name) && IsNamed(start) && !IsReference(start, at) && HasValue();
    }

    private static bool MayBeKey(ReadOnlySpan<byte> name) =>
        SecretNames.IsMember(name) || name.SequenceEqual("token"u8) || name.SequenceEqual("auth"u8);

    private readonly bool IsNamed(int at)
    {
        var before = _record[..at].TrimEnd("\" \t\r\n"u8);
        return before.EndsWith(":"u8) && before[..^1].TrimEnd(" \t\r\n"u8).EndsWith("\"name\""u8);
    }

    // {"name":"x"} and {"name":"x","valueFrom":…} are whole and hold no value.
    private readonly bool IsReference(int start, int at) =>
        _record[..start].EndsWith("{\"name\":\""u8) && (_record[at..].StartsWith("}"u8) || _record[at..].StartsWith(",\"valueFrom\""u8));

    // The same in JSON inside a string.
    private bool MayBeInner(int at, ReadOnlySpan<byte> name)
    {
        while (at < _record.Length && _record[at] == '\\')
            at++;
        if (at >= _record.Length || _record[at] != '"')
            return true;
        at = SkipSpaces(at + 1);
        if (at < _record.Length && _record[at] == ':')
            return MayBeKey(name);
        return SecretNames.IsVariable(name) && _record[at..].StartsWith(",\\"u8) && HasValue();
    }

    private static bool SpeaksOfSecrets(ReadOnlySpan<byte> word) =>
        word.IndexOf("Secret"u8) >= 0 || word.IndexOf("secrets"u8) >= 0 || word.IndexOf("oken"u8) >= 0;

    /// <summary>Whether anything is there that a Secret's object could hold; a token is looked at by its own name.</summary>
    private bool HasPayload() => _hasPayload ??= _record.IndexOf("bigger context"u8) >= 0 || HasScalarBody();

    // "requestObject":"text"; a patch is an array, whose paths are asked for above.
    private readonly bool HasScalarBody()
    {
        for (var at = 0; ;)
        {
            var found = _record[at..].IndexOf("Object\""u8);
            if (found < 0)
                return false;
            at = SkipSpaces(at + found + 7);
            if (at < _record.Length && _record[at] == ':' && _record[SkipSpaces(at + 1)..] is [not ((byte)'{' or (byte)'['), ..])
                return true;
        }
    }

    private bool HasValue() => _hasValue ??= _record.IndexOf("\"value"u8) >= 0;

    private readonly bool HasCredentials(int at)
    {
        while (at < _record.Length && _record[at] is (byte)' ' or (byte)'+' or (byte)':' or (byte)'=')
            at++;
        if (at == _record.Length || _record[at] is (byte)'%' or (byte)'\\')
            return true;
        return AsciiText.IsBase64(_record[at]);
    }

    private readonly bool NamesPassword(int at)
    {
        for (; at < _record.Length; at++)
        {
            switch (_record[at])
            {
                case (byte)'@' or (byte)'\\':
                    return true;
                case (byte)'"' or (byte)'/' or (byte)' ' or (byte)'?' or (byte)'#':
                    return false;
            }
        }

        return false;
    }

    // curl/8.5.0
    private readonly bool IsClient(int at) =>
        at + 1 < _record.Length && _record[at] == '/' && char.IsAsciiDigit((char)_record[at + 1]);

    private readonly int SkipSpaces(int at) => RecordText.SkipSpace(_record, at);

    private static bool IsWord(byte b) => AsciiText.IsName(b) || b == '/';
}
