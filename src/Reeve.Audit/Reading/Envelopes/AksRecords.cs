namespace Reeve.Audit.Reading.Envelopes;

/// <summary>A message of an Event Hub to which a diagnostic setting writes: <c>records[]</c>, each an <see cref="AksRecord"/>.</summary>
internal sealed class AksRecords : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "aks-records";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record)
    {
        foreach (var first in record.Members["records"].Items)
            return first.Members.Has("properties") || first.Members.Has("category");
        return false;
    }

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        foreach (var item in record.Members["records"].Items)
            into.Pass(item);
    }
}
