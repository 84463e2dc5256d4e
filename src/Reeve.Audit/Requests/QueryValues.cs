namespace Reeve.Audit.Requests;

/// <summary>The values of one parameter of a URI, still encoded, in their order. Names are compared decoded, as the apiserver does.</summary>
internal ref struct QueryValues
{
    private const int MaxName = 64;

    private readonly ReadOnlySpan<byte> _parameter;
    private ReadOnlySpan<byte> _rest;

    public QueryValues(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> parameter)
    {
        _parameter = parameter;
        _rest = uri.IndexOf((byte)'?') is >= 0 and var at ? uri[(at + 1)..] : default;
        Current = default;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly QueryValues GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'&');
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            if (equals < 0 || !IsParameter(pair[..equals]))
                continue;
            Current = pair[(equals + 1)..];
            return true;
        }

        return false;
    }

    private readonly bool IsParameter(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(_parameter))
            return true;
        if (name.Length > MaxName || !name.Contains((byte)'%'))
            return false;
        Span<byte> decoded = stackalloc byte[MaxName];
        return decoded[..RequestQuery.Decode(name, decoded)].SequenceEqual(_parameter);
    }
}
