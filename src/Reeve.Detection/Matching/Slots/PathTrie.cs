using System.Text;

namespace Reeve.Detection.Matching.Slots;

/// <summary>
/// The paths that rules ask for in one part of the JSON, name by name, so that going through the part once finds them all. A
/// name with dots in the JSON is as many steps as its pieces: a path does not tell the two apart. Immutable once built.
/// </summary>
internal sealed class PathTrie
{
    private readonly List<(byte[] Name, PathTrie Child)> _children = [];

    /// <summary>The slots whose path ends here.</summary>
    public List<int> Slots { get; } = [];

    /// <summary>Whether nothing goes on from here.</summary>
    public bool IsLeaf => _children.Count == 0;

    /// <summary>Adds a slot at a path from here; an empty path is here itself.</summary>
    public void Add(string path, int slot)
    {
        var node = this;
        if (path.Length > 0)
        {
            foreach (var name in path.Split('.'))
                node = node.Get(Encoding.UTF8.GetBytes(name));
        }

        node.Slots.Add(slot);
    }

    /// <summary>Where a member's name leads; null where no path goes on that way.</summary>
    public PathTrie? Find(ReadOnlySpan<byte> name)
    {
        var node = this;
        while (true)
        {
            var dot = name.IndexOf((byte)'.');
            var found = node.Child(dot < 0 ? name : name[..dot]);
            if (found is null || dot < 0)
                return found;
            node = found;
            name = name[(dot + 1)..];
        }
    }

    private PathTrie? Child(ReadOnlySpan<byte> name)
    {
        foreach (var (known, child) in _children)
        {
            if (name.SequenceEqual(known))
                return child;
        }

        return null;
    }

    private PathTrie Get(byte[] name)
    {
        if (Child(name) is { } known)
            return known;
        var child = new PathTrie();
        _children.Add((name, child));
        return child;
    }
}
