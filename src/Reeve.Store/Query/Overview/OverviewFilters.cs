using Reeve.Audit;
using Reeve.Store.Loading;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Overview;

/// <summary>The filters behind the numbers of the Overview. What the roll-up counts and what these find is the same; a test asserts it.</summary>
/// <param name="cluster">The one cluster; null for all.</param>
internal sealed class OverviewFilters(string? cluster)
{
    /// <summary>Every request, or every one of the cluster.</summary>
    public string All => Print([]);

    /// <summary>Records that are no event.</summary>
    public string Unreadable => Print([QueryTerm.Is("category", "")]);

    public string Categories(IReadOnlyList<Category> categories) =>
        Print([OrNode.Of([.. categories.Select(category => QueryTerm.Is("category", EventNames.Of(category)))])]);

    private string Print(IReadOnlyList<QueryNode> terms)
    {
        if (cluster is not null)
            terms = [QueryTerm.Is("cluster", cluster), .. terms];
        return terms.Count == 0 ? "" : AndNode.Of(terms).ToString();
    }
}
