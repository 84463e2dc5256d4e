namespace Reeve.Server.Hosting;

/// <summary>Why the server ended by itself. Thread-safe.</summary>
internal sealed class FatalEnd
{
    private string? _reason;

    /// <summary>One line for people; null while nothing ended it.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Notes why the server cannot go on; the first reason stays.</summary>
    public void Note(string reason) => Interlocked.CompareExchange(ref _reason, reason, null);
}
