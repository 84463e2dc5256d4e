using System.Globalization;
using System.Reflection;

namespace Reeve.Store.ClickHouse.Schema;

/// <summary>One forward step of the schema: a numbered SQL file beside this class. Never changed once released.</summary>
/// <param name="Version">1, 2, 3 … without gaps.</param>
/// <param name="Name">What the file's name says it is about.</param>
/// <param name="Text">Its statements, each of which may run twice.</param>
internal sealed record Migration(uint Version, string Name, string Text)
{
    private const string Folder = "Reeve.Store.ClickHouse.Schema.Migrations.";

    /// <summary>Every migration this build knows, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var file = Path.GetFileNameWithoutExtension(resource[Folder.Length..]);
        var version = uint.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        return new Migration(version, file[5..], reader.ReadToEnd());
    }
}
