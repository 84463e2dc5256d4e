namespace Reeve.Audit.Sentences;

/// <summary>A run of text in a sentence. The text is printable, and still has to be encoded for where it is shown.</summary>
public readonly record struct SentencePart(string Text, SentenceRole Role);

/// <summary>What a run of text stands for, so that a page can set it apart.</summary>
public enum SentenceRole : byte
{
    /// <summary>Words of ours.</summary>
    Words,

    /// <summary>A value from the event: a user, an object, an address.</summary>
    Name,

    /// <summary>What was done.</summary>
    Deed,

    /// <summary>The request was served.</summary>
    Served,

    /// <summary>The request was denied or failed.</summary>
    Refused,
}
