namespace Reeve.Server.Doctor.Rsyslog;

/// <summary>A statement of a configuration of rsyslog. Immutable.</summary>
/// <param name="Kind">Which form it has.</param>
/// <param name="Name">The directive without its dollar, or the object, like <c>input</c>; of what sends the old way, its at signs.</param>
/// <param name="Value">The value of a directive, or where it is sent.</param>
/// <param name="Parameters">The parameters of an object, in small letters, with their lines.</param>
/// <param name="Line">1-based.</param>
internal sealed record RsyslogStatement(RsyslogForm Kind, string Name, string Value, IReadOnlyDictionary<string, (string Value, int Line)> Parameters, int Line)
{
    /// <summary>The value of a parameter; null where it is absent.</summary>
    public string? this[string parameter] => Parameters.TryGetValue(parameter, out var found) ? found.Value : null;
}

/// <summary>The forms of statements.</summary>
internal enum RsyslogForm : byte
{
    /// <summary><c>$Name value</c>.</summary>
    Directive,

    /// <summary><c>name(parameter="value" …)</c>, RainerScript.</summary>
    Object,

    /// <summary><c>@@host:port</c>.</summary>
    Forward,
}
