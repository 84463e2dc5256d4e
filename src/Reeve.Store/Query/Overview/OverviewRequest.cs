namespace Reeve.Store.Query.Overview;

/// <summary>What the Overview shows.</summary>
/// <param name="From">The first time, UTC; counted from the whole minute it lies in.</param>
/// <param name="To">The time after the last, UTC; counted to the next whole minute.</param>
/// <param name="Cluster">One Kubernetes cluster; null for all.</param>
/// <param name="ChangesActor">Whose changes with kubectl are shown, such as <c>kubernetes-admin</c>.</param>
/// <param name="Buckets">About how many bars a chart has, 1 to <see cref="EventSearch.MaxBuckets"/>; no bar is narrower than a minute.</param>
public sealed record OverviewRequest(DateTime From, DateTime To, string? Cluster, string ChangesActor, int Buckets);
