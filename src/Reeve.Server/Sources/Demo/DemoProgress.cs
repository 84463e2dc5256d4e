namespace Reeve.Server.Sources.Demo;

/// <summary>How far the story of the demo was told. Thread-safe.</summary>
internal sealed class DemoProgress
{
    private ulong _pastEnd;

    /// <summary>Until when it was told, by a run of the source before this one; null for none.</summary>
    public DateTime? Told { get; set; }

    /// <summary>The journal's position after all that lies behind; 0 until that was told.</summary>
    public ulong PastEnd => Volatile.Read(ref _pastEnd);

    /// <summary>Notes that everything below this position of the journal lies behind.</summary>
    public void TellPast(ulong end) => Interlocked.CompareExchange(ref _pastEnd, Math.Max(end, 1), 0);
}
