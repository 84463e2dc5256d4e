using System.Buffers;
using System.Text;
using Reeve.Audit.Requests;

namespace Reeve.Audit.Policy.Traffic;

/// <summary>
/// Adds up events, those together that no audit policy tells apart. Takes as much memory as there are different ones, of which it keeps
/// <see cref="MostRows"/> at most: what is new beyond is counted without its path or name. Not thread-safe.
/// </summary>
/// <param name="hasNames">Whether objects of different names are counted apart: a policy with resourceNames needs it.</param>
public sealed class TrafficCounter(bool hasNames)
{
    /// <summary>The most rows with a path or a name of their own.</summary>
    public const int MostRows = 200_000;

    private readonly Dictionary<string, Sum> _sums = new(StringComparer.Ordinal);
    private char[] _key = new char[4096];
    private DateTime _first = DateTime.MaxValue;
    private DateTime _last = DateTime.MinValue;

    /// <summary>How many events were not counted because their level or stage is missing or unknown.</summary>
    public long Passed { get; private set; }

    /// <summary>How many events were counted without their path or name, because there are too many different ones.</summary>
    public long Together { get; private set; }

    /// <summary>Counts an event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        if (!LevelNames.TryParse(auditEvent.Text(EventField.Level), out var level) || level == AuditLevel.None || !StageNames.TryParse(auditEvent.Text(EventField.Stage), out var stage))
        {
            Passed++;
            return;
        }

        var time = auditEvent.StageAt ?? auditEvent.RequestReceivedAt;
        if (time is { } at)
            (_first, _last) = (at < _first ? at : _first, at > _last ? at : _last);
        SumOf(auditEvent, level, stage).Add(auditEvent);
    }

    /// <summary>All of it so far.</summary>
    public RecordedTraffic Count() => _sums.Count == 0 ? RecordedTraffic.None
        : new([.. _sums.Values.Select(sum => sum.Row)], _first == DateTime.MaxValue ? DateTime.UnixEpoch : _first, _last == DateTime.MinValue ? DateTime.UnixEpoch : _last);

    private Sum SumOf(AuditEvent auditEvent, AuditLevel level, AuditStages stage)
    {
        var lookup = _sums.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = KeyOf(auditEvent, isApart: true, level, stage);
        if (lookup.TryGetValue(key, out var sum))
            return sum;
        var isApart = _sums.Count < MostRows;
        if (!isApart)
        {
            Together++;
            key = KeyOf(auditEvent, isApart, level, stage);
            if (lookup.TryGetValue(key, out sum))
                return sum;
        }

        var request = PolicyRequest.Of(auditEvent);
        lookup[key] = sum = new Sum(new TrafficRow(request with { Name = hasNames && isApart ? request.Name : "", Path = request.IsResource || !isApart ? "" : request.Path }, level, stage));
        return sum;
    }

    private ReadOnlySpan<char> KeyOf(AuditEvent auditEvent, bool isApart, AuditLevel level, AuditStages stage)
    {
        var isResource = !auditEvent[EventField.Resource].IsEmpty;
        var length = 0;
        Put(auditEvent[EventField.UserName], ref length);
        for (var index = 0; index < auditEvent.Groups.Count; index++)
            Put(auditEvent.Groups[index], ref length);
        Put([(byte)level, (byte)stage, isResource ? (byte)1 : (byte)0], ref length);
        Put(auditEvent[EventField.Verb], ref length);
        Put(auditEvent[EventField.Namespace], ref length);
        Put(auditEvent[EventField.ApiGroup], ref length);
        Put(auditEvent[EventField.Resource], ref length);
        Put(auditEvent[EventField.Subresource], ref length);
        if (isApart && hasNames)
            Put(auditEvent[EventField.Name], ref length);
        if (isApart && !isResource)
            Put(RequestQuery.Path(auditEvent[EventField.RequestUri]), ref length);
        return _key.AsSpan(0, length);
    }

    // Each behind its length, so that no two lists of parts look alike.
    private void Put(ReadOnlySpan<byte> part, ref int length)
    {
        if (_key.Length - length <= part.Length)
            Array.Resize(ref _key, Math.Max(_key.Length * 2, length + part.Length + 1));
        _key[length++] = (char)Math.Min(part.Length, char.MaxValue);
        length += Encoding.Latin1.GetChars(part, _key.AsSpan(length));
    }

    private sealed class Sum(TrafficRow row)
    {
        // What stands around a body: "requestObject":…,
        private const int RequestMember = 17;
        private const int ResponseMember = 18;

        public TrafficRow Row { get; private set; } = row;

        public void Add(AuditEvent auditEvent)
        {
            var request = auditEvent.RequestObject;
            var response = auditEvent.ResponseObject;
            var bytes = auditEvent.Raw.Length + auditEvent.CutBytes;
            Row = Row with
            {
                Events = Row.Events + 1,
                Bytes = Row.Bytes + bytes,
                RequestBytes = Row.RequestBytes + (request.IsEmpty ? 0 : request.Length + RequestMember),
                ResponseBytes = Row.ResponseBytes + (response.IsEmpty ? 0 : response.Length + ResponseMember),
                ManagedBytes = Row.ManagedBytes + ManagedFields.Bytes(request) + ManagedFields.Bytes(response),
                Largest = Math.Max(Row.Largest, bytes),
            };
        }
    }
}
