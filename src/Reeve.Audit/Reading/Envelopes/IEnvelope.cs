namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A form in which audit events travel inside something else: a cloud's log entry, a shipper's record, a line with a
/// prefix. It is known by its content alone. Holds no state.
/// </summary>
internal interface IEnvelope
{
    /// <summary>What it is called beside the events that came in it.</summary>
    string Form { get; }

    /// <summary>Whether a record has this form. Cheap, and false in doubt: what no envelope knows stays as it is.</summary>
    bool Matches(WrappedRecord record);

    /// <summary>Hands on what is in it; of a cut one what is there.</summary>
    void Open(WrappedRecord record, Unwrapping into);
}
