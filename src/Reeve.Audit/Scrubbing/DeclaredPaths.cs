using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Paths whose values a user declared to be secrets, such as <c>requestObject.spec.foo</c>: the names of members from the
/// event on, dots between, through arrays. A name may hold dots itself. Thread-safe.
/// </summary>
public sealed class DeclaredPaths
{
    // Arrays between two names are passed through; more than this in all are no path of an object of Kubernetes.
    private const int DeepestClimb = 256;

    private readonly (byte[] Path, byte[] Needle)[] _paths;

    /// <summary>Takes paths as they stand in the configuration.</summary>
    public DeclaredPaths(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _paths = [.. paths.Select(path => (Encoding.UTF8.GetBytes(path), Encoding.UTF8.GetBytes(path[(path.LastIndexOf('.') + 1)..])))];
    }

    /// <summary>No paths.</summary>
    public static DeclaredPaths None { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => _paths.Length == 0;

    /// <summary>Whether a text can hold a value at one of the paths.</summary>
    internal bool MayOccur(ReadOnlySpan<byte> json)
    {
        foreach (var (_, needle) in _paths)
        {
            if (json.IndexOf(needle) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether the member of that name in an object or array of the tape stands at one of the paths.</summary>
    internal bool Match(JsonTape tape, ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, int parent)
    {
        foreach (var (path, needle) in _paths)
        {
            if (name.EndsWith(needle) && Match(tape, text, name, parent, path))
                return true;
        }

        return false;
    }

    private static bool Match(JsonTape tape, ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, int parent, ReadOnlySpan<byte> path)
    {
        for (var climbed = 0; climbed < DeepestClimb; climbed++)
        {
            if (!name.IsEmpty)
            {
                if (!path.EndsWith(name))
                    return false;
                path = path[..^name.Length];
                if (path.IsEmpty)
                    return parent <= 0;
                if (path[^1] != '.')
                    return false;
                path = path[..^1];
            }

            if (parent < 0)
                return false;
            name = text[tape[parent].KeyStart..tape[parent].KeyEnd];
            parent = tape[parent].Parent;
        }

        return false;
    }
}
