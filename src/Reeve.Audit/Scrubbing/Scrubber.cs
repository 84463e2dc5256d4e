using System.Buffers;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Replaces secrets by keyed fingerprints, <c>reeve:hmac:</c> and 16 hex digits: the data of Secrets, tokens of
/// TokenRequests and TokenReviews, JWTs anywhere, also inside <c>last-applied-configuration</c> and other JSON in strings. Every other
/// byte stays. In bytes that break off or are no event, what follows the last whole token is replaced too: all of it
/// inside an object with secrets, else each run that may be one, then with its length: <c>reeve:hmac:HEX:LENGTH</c>.
/// So is an object or array of so many short secrets that their fingerprints would be far longer.
/// Never throws; reusable; not thread-safe.
/// </summary>
public sealed class Scrubber
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create(" \t\r\n,:{}[]"u8);

    private readonly ScrubKey _key;
    private readonly ScrubEdits _edits = new();
    private readonly ScrubEdits _runEdits = new();
    private readonly SecretSearch _search;
    private readonly SecretRuns _rest;
    private readonly SecretRuns _runs;

    /// <summary>Makes fingerprints under a key.</summary>
    public Scrubber(ScrubKey key)
    {
        _key = key;
        _search = new SecretSearch(key, _edits);
        _rest = new SecretRuns(key, _edits);
        _runs = new SecretRuns(key, _runEdits);
    }

    /// <summary>The first 64 bits of HMAC-SHA-256 of a value, as they stand in a fingerprint.</summary>
    public ulong Fingerprint(ReadOnlySpan<byte> value) => _key.Fingerprint(value);

    /// <summary>Begins the fingerprint of a record's tail, for a source that does not keep the bytes.</summary>
    public TailHash BeginTail() => new(_key);

    /// <summary>The scrubbed record; valid until the next call. The record itself where nothing changed.</summary>
    internal ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> record, RecordState state, out bool changed)
    {
        changed = false;
        if (state == RecordState.Whole && !SecretTerms.MayOccur(record.Span))
            return record;
        _edits.Clear();
        var bearing = _search.Run(record.Span, state);
        if (!_search.Complete || state != RecordState.Whole)
            ScrubRest(record.Span, _search.End, bearing);
        changed = !_edits.IsEmpty;
        var scrubbed = changed ? _edits.Apply(record.Span) : record;
        if (state != RecordState.Unreadable)
            return scrubbed;
        _runEdits.Clear();
        _runs.Run(scrubbed.Span, 0);
        changed |= !_runEdits.IsEmpty;
        return _runEdits.IsEmpty ? scrubbed : _runEdits.Apply(scrubbed.Span);
    }

    private void ScrubRest(ReadOnlySpan<byte> record, int from, bool bearing)
    {
        var rest = record[from..];
        var skipped = rest.IndexOfAnyExcept(Structure);
        if (skipped < 0)
            return;
        from += skipped;
        if (bearing || SecretTerms.IsMentioned(rest))
            _edits.Add(new ScrubEdit(from, record.Length, _key.Fingerprint(record[from..]), record.Length - from, -1));
        else
            _rest.Run(record, from);
    }
}
