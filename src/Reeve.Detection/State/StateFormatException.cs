namespace Reeve.Detection.State;

/// <summary>What was saved cannot be read: another version, cut off, or damaged. Nothing of it was taken.</summary>
public sealed class StateFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public StateFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and by what it was found.</summary>
    public StateFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Says nothing.</summary>
    public StateFormatException()
    {
    }
}
