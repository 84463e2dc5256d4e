namespace Reeve.Detection.Yaml;

/// <summary>A node of a YAML file and where it stands. Unlike the library's own tree it keeps duplicate keys, so that each can be reported.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public abstract record YamlNode(int Line, int Column);

/// <summary>A single value.</summary>
public sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column)
{
    /// <summary>YAML 1.2 §10.3.2: nothing, <c>~</c> and <c>null</c> without quotes.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
public sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>Keys with values, in the order of the file.</summary>
public sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column);
