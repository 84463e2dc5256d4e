using System.Collections;

namespace Reeve.Store.Query.Parsing;

/// <summary>An immutable list of filters that is equal to another with equal items in the same order.</summary>
public sealed class NodeList : IReadOnlyList<QueryNode>, IEquatable<NodeList>
{
    private readonly QueryNode[] _items;

    internal NodeList(IEnumerable<QueryNode> items) => _items = [.. items];

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public QueryNode this[int index] => _items[index];

    /// <inheritdoc/>
    public bool Equals(NodeList? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<QueryNode> GetEnumerator() => ((IEnumerable<QueryNode>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
