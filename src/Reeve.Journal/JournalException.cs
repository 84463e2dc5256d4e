namespace Reeve.Journaling;

/// <summary>A journal that cannot be opened: another process has it, or a newer Reeve wrote it. The message is one line.</summary>
public sealed class JournalException : IOException
{
    /// <summary>Makes one without a message.</summary>
    public JournalException()
    {
    }

    /// <summary>Makes one that says what is wrong and what to do.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
