namespace Reeve.Server.Doctor.Files;

/// <summary>A file of an audit chain. Immutable.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="NodePath">Where it lies on the node; empty where that is not known.</param>
/// <param name="Kind">What it is, by its content.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record ChainFile(string Path, string NodePath, ChainFileKind Kind, string Text)
{
    /// <summary>The line of the first character of something.</summary>
    public int LineOf(string text) => Text.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at ? Text.AsSpan(0, at).Count('\n') + 1 : 0;
}

/// <summary>What a file of a chain is.</summary>
internal enum ChainFileKind : byte
{
    /// <summary>None of these.</summary>
    Other,

    /// <summary>An audit policy.</summary>
    Policy,

    /// <summary>The static pod of kube-apiserver, or lines of it.</summary>
    Manifest,

    /// <summary>A configuration of rsyslog.</summary>
    Rsyslog,

    /// <summary>A configuration of Fluent Bit.</summary>
    FluentBit,

    /// <summary>A kubeconfig.</summary>
    Kubeconfig,

    /// <summary>Events: they say how large events are.</summary>
    Log,
}
