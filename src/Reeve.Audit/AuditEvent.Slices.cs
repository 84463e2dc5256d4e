using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reeve.Audit.Reading.Compact;

namespace Reeve.Audit;

/// <content>Where the values lie: ranges of the raw bytes, or of scratch bytes that hold what had to be unescaped.</content>
public sealed partial class AuditEvent
{
    internal const int FieldCount = (int)EventField.DecisionReason + 1;
    private const int KeptScratch = 1 << 20;

    private readonly Slice[] _fields = new Slice[FieldCount];
    private readonly SlackBuffer _slack = new();
    private byte[] _buffer = [];
    private int _start;
    private int _length;
    private byte[] _scratch = new byte[1024];
    private int _scratchLength;
    private SliceList _groups;
    private SliceList _impersonatedGroups;
    private SliceList _sourceIps;
    private Slice _userExtra;
    private Slice _annotations;
    private Slice _requestObject;
    private Slice _responseObject;
    private Category? _category;

    internal Slice RequestReceivedText { get; set; }

    /// <summary>The top-level <c>kind</c> and <c>apiVersion</c> with the comma that belongs to each; ends of raw.</summary>
    internal Slice KindMember { get; set; }

    internal Slice ApiVersionMember { get; set; }

    /// <summary>Whether an annotation tells of admission: a violation, a failure, a webhook that failed open.</summary>
    internal bool HasPolicyAnnotation { get; set; }

    internal ReadOnlySpan<byte> Bytes(Slice slice) =>
        slice.Offset >= 0 ? _buffer.AsSpan(_start + slice.Offset, slice.Length) : _scratch.AsSpan(~slice.Offset, slice.Length);

    /// <summary>The first of the raw bytes, behind which at least <see cref="CompactBytes.Slack"/> more than theirs may be looked at.</summary>
    internal ref byte First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _start);

    internal int Length => _length;

    internal void Set(EventField field, Slice value) => _fields[(int)field] = value;

    internal void SetBody(EventSection section, Slice value)
    {
        switch (section)
        {
            case EventSection.RequestObject: _requestObject = value; break;
            case EventSection.ResponseObject: _responseObject = value; break;
            case EventSection.Annotations: _annotations = value; break;
            case EventSection.UserExtra: _userExtra = value; break;
            default: throw new ArgumentOutOfRangeException(nameof(section), section, "holds no JSON of its own");
        }
    }

    internal ref SliceList List(EventSection section)
    {
        if (section == EventSection.Groups)
            return ref _groups;
        if (section == EventSection.ImpersonatedGroups)
            return ref _impersonatedGroups;
        return ref _sourceIps;
    }

    /// <summary>Room for a value of at most <paramref name="length"/> bytes; <see cref="Commit"/> what was written.</summary>
    internal Span<byte> Scratch(int length)
    {
        if (_scratch.Length - _scratchLength < length)
            Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _scratchLength + length));
        return _scratch.AsSpan(_scratchLength, length);
    }

    internal Slice Commit(int length)
    {
        var slice = new Slice(~_scratchLength, length);
        _scratchLength += length;
        return slice;
    }

    /// <summary>Forgets all values and takes new raw bytes.</summary>
    internal void Reset(ReadOnlyMemory<byte> raw)
    {
        // An array: a field is looked at far more often than an event begins, and its span costs least.
        var held = _slack.Hold(raw);
        (_buffer, _start, _length) = (held.Array!, held.Offset, held.Count);
        Array.Clear(_fields);
        if (_scratch.Length > KeptScratch)
            _scratch = new byte[1024];
        _scratchLength = 0;
        _groups.Clear();
        _impersonatedGroups.Clear();
        _sourceIps.Clear();
        _userExtra = _annotations = _requestObject = _responseObject = default;
        RequestReceivedText = KindMember = ApiVersionMember = default;
        HasPolicyAnnotation = false;
        RequestReceivedAt = StageAt = null;
        Code = 0;
        CutBytes = 0;
        Integrity = Integrity.Whole;
        Marks = EventMarks.None;
        _category = null;
    }

    /// <summary>Narrows the raw bytes to the event's own, once its end is known.</summary>
    internal void Narrow(int length) => _length = length;
}
