using System.Text;

namespace Reeve.Journaling.Tests.Support;

/// <summary>What tests do with a journal, in one word each.</summary>
internal static class JournalSteps
{
    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static JournalBatch Batch(params string[] payloads)
    {
        var batch = new JournalBatch();
        foreach (var payload in payloads)
            batch.Add(Encoding.UTF8.GetBytes(payload));
        return batch;
    }

    /// <summary>Appends a batch and waits until it is durable.</summary>
    public static async Task<JournalAppend> Store(this Journal journal, params string[] payloads)
    {
        using var batch = Batch(payloads);
        var append = await journal.AppendAsync(batch, Ct);
        await journal.WaitDurableAsync(append.End, Ct);
        return append;
    }

    /// <summary>Every durable entry from a sequence on, as <c>sequence:text</c>.</summary>
    public static List<string> Everything(this Journal journal, ulong from = 1)
    {
        using var reader = journal.Read(from);
        return reader.Rest();
    }

    public static List<string> Rest(this JournalReader reader)
    {
        var entries = new List<string>();
        while (reader.TryRead(out var entry))
            entries.Add($"{entry.Sequence}:{Encoding.UTF8.GetString(entry.Payload.Span)}");
        return entries;
    }
}
