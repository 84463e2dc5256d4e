using Reeve.Audit;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Senders;

/// <summary>What is known of one sender. Not thread-safe: the registry's lock guards it.</summary>
internal sealed class SenderTally(SenderKey key, string kind)
{
    private const int MostTroubles = 8;
    private const int MaxTroubleText = 500;

    private readonly RateWindow _rate = new();
    private SenderTrouble[] _troubles = [];
    private DateTimeOffset? _lastBefore;
    private long _eventsBefore;
    private RememberedSender? _saved;

    public string Id { get; } = key.Id();

    public SenderKey Key => key;

    public DeliveryTotals Totals { get; private set; } = DeliveryTotals.None;

    /// <summary>The cluster of its next event.</summary>
    public string Cluster { get; private set; } = "";

    public bool IsMapped { get; private set; }

    public bool IsAssignable { get; private set; }

    /// <summary>When it delivered last, before the start too.</summary>
    public DateTimeOffset? LastEvent => Totals.LastEvent ?? _lastBefore;

    public void BelongTo(string cluster, bool isMapped, bool isAssignable) =>
        (Cluster, IsMapped, IsAssignable) = (cluster, isMapped, isAssignable && !key.IsOthers);

    public void Add(IntakeCounts counts, DateTime received, long second)
    {
        Totals = Totals.With(counts, received);
        _rate.Add(second, counts.Events);
    }

    /// <summary>Takes over what another one delivered, which is then no more.</summary>
    public void Take(SenderTally other)
    {
        Totals += other.Totals;
        _eventsBefore += other._eventsBefore;
        if (other._lastBefore is { } before && !(_lastBefore > before))
            _lastBefore = before;
    }

    public void Note(string code, string message, string advice, DateTimeOffset now)
    {
        var before = _troubles.FirstOrDefault(trouble => trouble.Code == code)?.Count ?? 0;
        _troubles =
        [
            new(code, Clip(message), Clip(advice), before + 1, now),
            .. _troubles.Where(trouble => trouble.Code != code).Take(MostTroubles - 1),
        ];
    }

    /// <summary>Adds what was known of it before the start.</summary>
    public void Restore(RememberedSender remembered)
    {
        _eventsBefore += remembered.Events;
        _lastBefore = remembered.LastEvent;
        if (Totals.Events == 0)
            BelongTo(remembered.Identity.Cluster, remembered.Identity.IsMapped, remembered.Identity.IsAssignable);
        _saved = remembered;
    }

    /// <summary>What is worth keeping and not kept yet; null where nothing is.</summary>
    public RememberedSender? Unsaved()
    {
        if (LastEvent is not { } last || key.IsOthers)
            return null;
        var identity = new SourceIdentity(key.Source, kind, Cluster, key.Host, TrustedProxies.None)
        {
            Sender = key.Sender,
            IsMapped = IsMapped,
            IsAssignable = IsAssignable,
        };
        var now = new RememberedSender(Id, identity, _eventsBefore + Totals.Events, last);
        return now == _saved ? null : now;
    }

    public void Saved(RememberedSender saved) => _saved = saved;

    public SenderStatus Status(long second) => new(
        Id, key.Source, kind, Cluster, IsMapped, key.Host, key.Sender,
        Totals.Events, Totals.Duplicates, Totals.Unreadable, Totals.Cut,
        _rate.Of(second), LastEvent, Totals.Lag, _troubles)
    {
        IsAssignable = IsAssignable,
        IsOthers = key.IsOthers,
        EventsInAll = _eventsBefore + Totals.Events,
    };

    private static string Clip(string text) => text.Length <= MaxTroubleText ? text : text[..(MaxTroubleText - 1)] + "…";
}

/// <summary>What is kept of a sender over restarts.</summary>
/// <param name="Id">Its name in the API.</param>
/// <param name="Identity">Who it is and its cluster; its trusted proxies are not kept.</param>
/// <param name="Events">Its events since it was first seen.</param>
/// <param name="LastEvent">When the last one arrived.</param>
internal sealed record RememberedSender(string Id, SourceIdentity Identity, long Events, DateTimeOffset LastEvent);
