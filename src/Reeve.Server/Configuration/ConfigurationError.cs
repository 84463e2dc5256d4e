namespace Reeve.Server.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Where">The file as it was named, or the environment variable.</param>
/// <param name="Line">1-based; 0 where there is no line.</param>
/// <param name="Column">1-based; 0 where there is no line.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record ConfigurationError(string Where, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, the form editors jump to.</summary>
    public override string ToString() => Line > 0 ? $"{Where}:{Line}:{Column}: {Message}" : $"{Where}: {Message}";
}

/// <summary>The server cannot start as it is configured; the command ends with exit code 2 after printing each error.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
