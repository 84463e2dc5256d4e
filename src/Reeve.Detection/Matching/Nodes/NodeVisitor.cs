namespace Reeve.Detection.Matching.Nodes;

/// <summary>Goes through the parts of a condition that speak for it: what stands under a "not" is left out.</summary>
internal abstract class NodeVisitor
{
    /// <summary>Goes through a node.</summary>
    public void Add(Node node)
    {
        if (node is NotNode || !Enters(node))
            return;
        if (node is LeafNode leaf)
            Visit(leaf);
        else if (node is GroupNode group)
        {
            foreach (var part in group.Parts)
                Add(part);
        }
    }

    /// <summary>A predicate.</summary>
    protected abstract void Visit(LeafNode leaf);

    /// <summary>Whether to go into a node.</summary>
    protected abstract bool Enters(Node node);
}
