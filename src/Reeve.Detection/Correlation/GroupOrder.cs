namespace Reeve.Detection.Correlation;

/// <summary>Which group was touched when, over all rules, so that the one not touched for the longest goes first. Not thread-safe.</summary>
internal sealed class GroupOrder
{
    private readonly LinkedList<(int Rule, CorrelationGroup Group)> _order = new();

    /// <summary>How many groups there are.</summary>
    public int Count => _order.Count;

    /// <summary>The one not touched for the longest.</summary>
    public (int Rule, CorrelationGroup Group)? Oldest => _order.First?.Value;

    /// <summary>A group was touched.</summary>
    public void Touch(int rule, CorrelationGroup group)
    {
        if (group.Place is { } place)
            _order.Remove(place);
        else
            group.Place = new LinkedListNode<(int, CorrelationGroup)>((rule, group));
        _order.AddLast(group.Place);
    }

    /// <summary>A group is gone.</summary>
    public void Remove(CorrelationGroup group)
    {
        if (group.Place is not { List: not null } place)
            return;
        _order.Remove(place);
        group.Place = null;
    }
}
