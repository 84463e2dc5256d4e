using Reeve.Detection.Fields;

namespace Reeve.Detection.Falco.Fields;

/// <summary>A field of Falco.</summary>
/// <param name="Name">Its name, without argument.</param>
/// <param name="Argument">What may stand in brackets behind it.</param>
/// <param name="Make">The field for an argument; an empty one where there is none.</param>
internal sealed record FalcoField(string Name, FieldArgument Argument, Func<string, Field> Make);

/// <summary>What may stand in brackets behind a field.</summary>
internal enum FieldArgument : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The place in a list, from 0, or nothing for all.</summary>
    Index,

    /// <summary>A text, always.</summary>
    Required,
}
