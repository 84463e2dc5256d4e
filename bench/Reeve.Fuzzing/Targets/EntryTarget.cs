using Reeve.Audit.Entries;

namespace Reeve.Fuzzing.Targets;

/// <summary>An entry of the journal, of which a checksum did not see the damage.</summary>
internal sealed class EntryTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "entry";

    /// <inheritdoc/>
    public void Take(byte[] input)
    {
        if (EventEntry.TryRead(input, out _, out var raw) && raw.Length > input.Length)
            throw new InvalidOperationException($"{raw.Length} bytes of JSON in an entry of {input.Length}");
    }
}
