namespace Reeve.Detection.Correlation;

/// <summary>The groups of a rule as they were touched. Not thread-safe.</summary>
internal sealed class GroupOrder
{
    /// <summary>The one not touched for the longest.</summary>
    public CorrelationGroup? Oldest { get; private set; }

    private CorrelationGroup? Newest { get; set; }

    /// <summary>A group that is not in the order comes to its end.</summary>
    public void Add(CorrelationGroup group)
    {
        (group.Older, group.Newer) = (Newest, null);
        if (Newest is null)
            Oldest = group;
        else
            Newest.Newer = group;
        Newest = group;
    }

    /// <summary>A group that is in the order comes to its end.</summary>
    public void Touch(CorrelationGroup group)
    {
        if (ReferenceEquals(group, Newest))
            return;
        Remove(group);
        Add(group);
    }

    /// <summary>A group leaves the order.</summary>
    public void Remove(CorrelationGroup group)
    {
        if (group.Older is null)
            Oldest = group.Newer;
        else
            group.Older.Newer = group.Newer;
        if (group.Newer is null)
            Newest = group.Older;
        else
            group.Newer.Older = group.Older;
        (group.Older, group.Newer) = (null, null);
    }
}
