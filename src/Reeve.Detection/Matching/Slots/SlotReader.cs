using System.Buffers.Text;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Tests;

namespace Reeve.Detection.Matching.Slots;

/// <summary>
/// The values of one event after the other, read when they are asked for: what the event's reader has read is taken from
/// there, and each part of its JSON is gone through once at most, for all paths together. Not thread-safe.
/// </summary>
internal sealed class SlotReader
{
    private const int MostDigits = 11;

    private readonly SlotValues _values;
    private readonly Slot[][] _byPart;
    private readonly PathTrie[] _tries;
    private readonly Slot[] _paths;
    private readonly PathTrie _anyJson = new();
    private readonly OtherSlots _others;
    private AuditEvent? _event;
    private EventContext? _context;
    private ReadOnlyMemory<byte> _json;

    public SlotReader(SlotTable table)
    {
        _values = new SlotValues(table.All.Count);
        _others = new OtherSlots(this, _values);
        var parts = Enum.GetValues<JsonPart>();
        _byPart = [.. parts.Select(part => table.All.Where(slot => slot.Kind == SlotKind.Path && slot.Part == part).ToArray())];
        _tries = [.. _byPart.Select(TrieOf)];
        _paths = [.. table.All.Where(slot => slot.Field is Field.Path)];
        foreach (var slot in _paths)
            _anyJson.Add(((Field.Path)slot.Field).Name, slot.Index);
    }

    /// <summary>The audit event; null for other JSON.</summary>
    public AuditEvent? Event => _event;

    /// <summary>What the pipeline knows beside it.</summary>
    public EventContext? Context => _context;

    /// <summary>What was found about it; empty where nothing was.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>The event's JSON.</summary>
    public ReadOnlySpan<byte> Json => _event is null ? _json.Span : _event.Raw;

    /// <summary>Goes to an audit event.</summary>
    public void Begin(AuditEvent auditEvent, EventContext? context, string finding)
    {
        (_event, _context, Finding) = (auditEvent, context, finding);
        _values.Begin();
    }

    /// <summary>Goes to some JSON.</summary>
    public void Begin(ReadOnlyMemory<byte> json)
    {
        (_event, _context, _json, Finding) = (null, null, json, "");
        _values.Begin();
    }

    /// <summary>How many values a slot has.</summary>
    public int Count(Slot slot)
    {
        if (_event is { } read)
        {
            if (slot.Kind == SlotKind.Text)
                return read[slot.Text].IsEmpty ? 0 : 1;
            if (slot.Kind == SlotKind.List)
                return List(read, slot).Count;
        }

        Fill(slot);
        return _values.Count(slot.Index);
    }

    /// <summary>A value of a slot.</summary>
    public ReadOnlySpan<byte> Value(Slot slot, int index) => _event is not { } read ? _values.Value(slot.Index, index, _json.Span) : slot.Kind switch
    {
        SlotKind.Text => read[slot.Text],
        SlotKind.List => List(read, slot)[index],
        _ => _values.Value(slot.Index, index, read.Raw),
    };

    /// <summary>Whether the field stands in the event.</summary>
    public bool IsThere(Slot slot)
    {
        if (_event is not null && slot.Kind is SlotKind.Text or SlotKind.List)
            return Count(slot) > 0;
        Fill(slot);
        return _values.IsThere(slot.Index);
    }

    /// <summary>Whether the event may hold anything in a part.</summary>
    public bool Has(JsonPart part) => _event is not { } read || !PartOf(read, part).IsEmpty;

    /// <summary>Whether some scalar of the event, whatever its field, passes a test.</summary>
    public bool AnyScalar(BytesTest test, MatchSession session)
    {
        var json = Json;
        var scanner = new JsonScanner(json);
        while (scanner.Read())
        {
            if (scanner.Token is JsonToken.Number or JsonToken.True or JsonToken.False ? test.Passes(json[scanner.Start..scanner.End], session)
                : scanner.Token == JsonToken.String && test.Passes(TextOf(scanner), session))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> TextOf(JsonScanner scanner)
    {
        if (!scanner.Escaped)
            return scanner.Text;
        var room = _values.Scratch(scanner.Text.Length);
        return room[..JsonText.Unescape(scanner.Text, room)];
    }

    private static PathTrie TrieOf(Slot[] slots)
    {
        var trie = new PathTrie();
        foreach (var slot in slots)
            trie.Add(slot.Name, slot.Index);
        return trie;
    }

    private static Utf8List List(AuditEvent read, Slot slot) => slot.Name switch
    {
        "user.groups" => read.Groups,
        "impersonatedUser.groups" => read.ImpersonatedGroups,
        _ => read.SourceIps,
    };

    private static ReadOnlySpan<byte> PartOf(AuditEvent read, JsonPart part) => part switch
    {
        JsonPart.RequestObject => read.RequestObject,
        JsonPart.ResponseObject => read.ResponseObject,
        JsonPart.Annotations => read.Annotations,
        JsonPart.UserExtra => read.UserExtra,
        _ => read.Raw,
    };

    private void Fill(Slot slot)
    {
        if (_values.IsOpen(slot.Index))
            return;
        if (_event is null && slot.Field is Field.Path)
            Walk(Json, 0, _paths, _anyJson);
        else if (slot.Kind == SlotKind.Path)
            FillPart(slot.Part);
        else if (_values.Open(slot.Index) && slot.Kind == SlotKind.Code)
            FillCode(slot);
        else
            _others.Fill(slot);
    }

    private void FillPart(JsonPart part)
    {
        var read = _event!;
        var own = PartOf(read, part);
        // To the end of the whole, so that a number at the part's own end is seen to end.
        var at = 0;
        var isThere = !own.IsEmpty && read.Raw.Overlaps(own, out at);
        var trie = _tries[(int)part];
        Walk(isThere ? read.Raw : default, at, _byPart[(int)part], trie);
        if (isThere && part == JsonPart.RequestObject && own[0] == '[')
            JsonPatch.Walk(read.Raw, at, trie, _values);
    }

    private void Walk(ReadOnlySpan<byte> json, int start, Slot[] slots, PathTrie trie)
    {
        foreach (var slot in slots)
            _values.Open(slot.Index);
        PathWalker.Walk(json, start, trie, _values);
    }

    private void FillCode(Slot slot)
    {
        if (_event!.Code != 0 && Utf8Formatter.TryFormat(_event.Code, _values.Scratch(MostDigits), out var written))
            _values.Keep(slot.Index, written);
    }
}
