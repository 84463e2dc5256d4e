using Reeve.Audit.Fields;
using Reeve.Detection.Falco.Fields;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Falco.Language;

/// <summary>Fields as conditions and outputs name them.</summary>
internal static class FieldReference
{
    /// <summary>The field of a name and argument.</summary>
    /// <exception cref="FalcoSyntaxException">There is none.</exception>
    public static Field Resolve(string name, string? argument, int at)
    {
        if (!FalcoFields.TryGet(name, out var field))
            throw new FalcoSyntaxException(at, $"there is no field '{name}'{(NearestName.Find(name, FalcoFields.Names) is { } near ? $"; did you mean '{near}'?" : "")}");
        return (field.Argument, argument) switch
        {
            (FieldArgument.None, null) => field.Make(""),
            (FieldArgument.None, _) => throw new FalcoSyntaxException(at, $"'{name}' takes no argument"),
            (FieldArgument.Required, null or "") => throw new FalcoSyntaxException(at, $"'{name}' needs an argument, like {name}[x]"),
            (FieldArgument.Index, { Length: > 0 } index) when !index.All(char.IsAsciiDigit) || index.Length > 9 =>
                throw new FalcoSyntaxException(at, $"'{name}' takes the place in a list, like {name}[0], not '{index}'"),
            (FieldArgument.Required, _) when name == "jevt.value" && argument![0] != '/' =>
                throw new FalcoSyntaxException(at, $"'{argument}' is no JSON pointer; write one like jevt.value[/a/b]"),
            _ => field.Make(argument ?? ""),
        };
    }
}
