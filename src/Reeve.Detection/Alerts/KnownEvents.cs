using Reeve.Detection.Correlation;
using Reeve.Detection.State;

namespace Reeve.Detection.Alerts;

/// <summary>The events that an alert knows again. Not thread-safe.</summary>
internal sealed class KnownEvents(int remembered)
{
    /// <summary>Their numbers.</summary>
    public RecentSet<ulong> Numbers { get; } = new(remembered);

    /// <summary>Which they were.</summary>
    public RecentSet<EventMark> Marks { get; } = new(remembered);

    /// <summary>The keys of their requests, of those that have one.</summary>
    public RecentSet<UInt128> Requests { get; } = new(remembered);

    /// <summary>Adds an event; false where it was there already. <paramref name="isRequest"/> says whether its request was not.</summary>
    public bool Add(ReadOnlySpan<byte> packed, EventMark mark, out bool isRequest)
    {
        isRequest = false;
        if (!Numbers.Add(PackedEvent.Sequence(packed)) || !Marks.Add(mark))
            return false;
        var request = PackedEvent.RequestKey(packed);
        isRequest = request == 0 || Requests.Add(request);
        return true;
    }
}
