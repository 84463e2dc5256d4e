using System.Globalization;
using System.Reflection;

namespace Reeve.Server.State;

/// <summary>One step of the schema of <c>reeve.db</c>: a file <c>State/Migrations/NNNN-name.sql</c>, never changed once released.</summary>
/// <param name="Version">The number the file name begins with.</param>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Sql">Its statements, run in one transaction.</param>
internal sealed record StateMigration(int Version, string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>Every migration of this build in the order of their numbers, which run 1, 2, 3, ... without a gap.</summary>
    public static IReadOnlyList<StateMigration> All()
    {
        var assembly = typeof(StateMigration).Assembly;
        StateMigration[] migrations = [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Load(assembly, name))
            .OrderBy(migration => migration.Version)];
        for (var i = 0; i < migrations.Length; i++)
        {
            if (migrations[i].Version != i + 1)
                throw new InvalidOperationException($"migration {migrations[i].Name} should have the number {i + 1}");
        }

        return migrations;
    }

    private static StateMigration Load(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Prefix.Length..];
        var version = int.Parse(name.AsSpan(0, name.IndexOf('-')), NumberStyles.None, CultureInfo.InvariantCulture);
        return new StateMigration(version, name, reader.ReadToEnd());
    }
}
