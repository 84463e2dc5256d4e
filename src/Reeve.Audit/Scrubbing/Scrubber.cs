using System.Buffers;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Replaces secrets by keyed fingerprints, <c>reeve:hmac:</c> and 16 hex digits: the data of Secrets, tokens of
/// TokenRequests and TokenReviews, and outside of these what the <see cref="SecretPattern"/>s, the
/// <see cref="SecretNames"/> and the user's <see cref="DeclaredPaths"/> know, also inside
/// <c>last-applied-configuration</c> and other JSON in strings. Every other
/// byte stays. In bytes that break off or are no event, what follows the last whole token is replaced too: all of it
/// inside an object with secrets, else each run that may be one, then with its length: <c>reeve:hmac:HEX:LENGTH</c>.
/// So is an object or array of so many short secrets that their fingerprints would be far longer.
/// Never throws; reusable; not thread-safe.
/// </summary>
public sealed class Scrubber
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create(" \t\r\n,:{}[]"u8);

    private readonly ScrubKey _key;
    private readonly DeclaredPaths _paths;
    private readonly SecretHits _hits = new();
    private readonly ScrubEdits _edits = new();
    private readonly ScrubEdits _runEdits = new();
    private readonly SecretSearch _search;
    private readonly FragmentStart _start;
    private readonly SecretRuns _rest;
    private readonly SecretRuns _runs;

    /// <summary>Makes fingerprints under a key.</summary>
    public Scrubber(ScrubKey key)
        : this(key, DeclaredPaths.None)
    {
    }

    /// <summary>The same, and scrubs values at the paths a user declared.</summary>
    public Scrubber(ScrubKey key, DeclaredPaths paths)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(paths);
        _key = key;
        _paths = paths;
        _search = new SecretSearch(key, _edits, paths);
        _start = new FragmentStart(key, _edits);
        _rest = new SecretRuns(key, _edits);
        _runs = new SecretRuns(key, _runEdits);
    }

    /// <summary>What the last record held outside its proper place.</summary>
    internal SecretKind Misplaced { get; private set; }

    /// <summary>The first 64 bits of HMAC-SHA-256 of a value, as they stand in a fingerprint.</summary>
    public ulong Fingerprint(ReadOnlySpan<byte> value) => _key.Fingerprint(value);

    /// <summary>Begins the fingerprint of a record's tail, for a source that does not keep the bytes.</summary>
    public TailHash BeginTail() => new(_key);

    /// <summary>The scrubbed record; valid until the next call. The record itself where nothing changed.</summary>
    internal ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> record, RecordState state, out bool changed)
    {
        (changed, Misplaced) = (false, SecretKind.None);
        if (state == RecordState.Whole && !NeedsSearch(record.Span))
            return record;
        if (state != RecordState.Whole)
            _hits.Find(record.Span);
        _edits.Clear();
        var bearing = _search.Run(record.Span, _hits, state);
        if (state == RecordState.Unreadable)
            _start.Run(record.Span);
        if (!_search.Complete || state != RecordState.Whole)
            ScrubRest(record.Span, _search.End, bearing, state);
        Misplaced = _search.Misplaced;
        _edits.Settle(record.Span, _key);
        changed = !_edits.IsEmpty;
        var scrubbed = changed ? _edits.Apply(record.Span) : record;
        if (state != RecordState.Unreadable)
            return scrubbed;
        _runEdits.Clear();
        _runs.Run(scrubbed.Span, 0);
        changed |= !_runEdits.IsEmpty;
        return _runEdits.IsEmpty ? scrubbed : _runEdits.Apply(scrubbed.Span);
    }

    private bool NeedsSearch(ReadOnlySpan<byte> record)
    {
        var isDeclared = !_paths.IsEmpty && _paths.MayOccur(record);
        _hits.Find(record);
        return isDeclared || (_hits.Count > 0 && new SecretGlance(record).NeedsSearch(_hits));
    }

    private void ScrubRest(ReadOnlySpan<byte> record, int from, bool bearing, RecordState state)
    {
        var skipped = record[from..].IndexOfAnyExcept(Structure);
        if (skipped < 0)
            return;
        from += skipped;
        var rest = record[from..];
        if (FingerprintText.Is(rest.TrimStart((byte)'"')))
            return;
        if (bearing || SecretTerms.IsMentioned(rest) || (state != RecordState.Unreadable && SecretTerms.MayOccur(rest)))
            _edits.Add(new ScrubEdit(from, record.Length, _key.Fingerprint(rest), rest.Length, -1));
        else if (state == RecordState.Unreadable)
            _search.RunText(record, from);
        else
            _rest.Run(record, from);
    }
}
