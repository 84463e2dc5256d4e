using System.Collections.Concurrent;

namespace Reeve.Journaling.Tests.Support;

/// <summary>Keeps what a journal told, and lets a test wait for it.</summary>
internal sealed class RecordingObserver : IJournalObserver
{
    private readonly TaskCompletionSource<JournalBlock> _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Told { get; } = new();

    public Task<JournalBlock> FirstBlock => _blocked.Task;

    public void Blocked(JournalBlock block)
    {
        Told.Enqueue("blocked " + block.Reason);
        _blocked.TrySetResult(block);
    }

    public void Unblocked(JournalBlock block) => Told.Enqueue("unblocked " + block.Reason);

    public void Damaged(JournalDamage damage) => Told.Enqueue($"damaged {damage.Missing.First}..{damage.Missing.End}");

    public void Rewritten(string failedSegment, string error) => Told.Enqueue("rewritten " + Path.GetFileName(failedSegment));

    public void CursorLost(string consumer) => Told.Enqueue("cursor lost " + consumer);
}
