using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Overview;

/// <summary>The filters behind the numbers of the Overview: they find what the migration <c>0002-overview</c> counts, and nothing else.</summary>
/// <param name="cluster">The one cluster; null for all.</param>
internal sealed class OverviewFilters(string? cluster)
{
    /// <summary>Every request, or every one of the cluster.</summary>
    public string All => Print();

    /// <summary>All of a dimension; every request where each has a value in it.</summary>
    public string Of(string dimension) => Print([.. Terms(dimension)]);

    /// <summary>What one number counts.</summary>
    public string Of(OverviewCounted counted)
    {
        var (value, second) = (counted.Value, counted.Second);
        return Print(
        [
            .. Terms(counted.Dimension),
            .. counted.Dimension switch
            {
                OverviewDimension.Category => [QueryTerm.Is("category", value)],
                OverviewDimension.Actor => [Kept("actor", value)],
                OverviewDimension.Namespace => [Kept("ns", value)],
                OverviewDimension.Tool => [Tool(value)],
                OverviewDimension.Denied or OverviewDimension.Unauthenticated => [Address(value)],
                OverviewDimension.Secret => [Kept("ns", value), Kept("name", second)],
                OverviewDimension.Interactive => [Kept("subresource", value), Kept("actor", second)],
                _ => (QueryNode[])[Kept("actor", value), Kept("resource", second)],
            },
        ]);
    }

    /// <summary>Requests of any of these categories.</summary>
    public string Categories(IReadOnlyList<Category> categories) =>
        Print(OrNode.Of([.. categories.Select(category => QueryTerm.Is("category", EventNames.Of(category)))]));

    /// <summary>Whatever an actor created, changed or deleted with kubectl.</summary>
    public string Changes(string actor) => Print(
    [
        .. Kubectl(), Kept("actor", OverviewCounted.Keep(actor)),
        Any("verb", "create", "update", "patch", "delete", "deletecollection"),
    ]);

    // What the authorizer allowed and still is 403, admission denied; a refused impersonation ends before the authorizer's annotations.
    private static IEnumerable<QueryNode> Terms(string dimension) => dimension switch
    {
        OverviewDimension.Unreadable => [QueryTerm.Is("category", "")],
        OverviewDimension.Denied => [QueryTerm.Is("code", "403"), new NotNode(QueryTerm.Is("decision", "allow"))],
        OverviewDimension.Unauthenticated => [QueryTerm.Is("code", "401")],
        OverviewDimension.Secret => [QueryTerm.Is("resource", "secrets")],
        OverviewDimension.Interactive => [QueryTerm.Is("category", EventNames.Of(Category.InteractiveAccess))],
        OverviewDimension.Created => [.. Kubectl(), Any("verb", "create")],
        OverviewDimension.Changed => [.. Kubectl(), Any("verb", "update", "patch")],
        OverviewDimension.Deleted => [.. Kubectl(), Any("verb", "delete", "deletecollection")],
        _ => [],
    };

    private static IEnumerable<QueryNode> Kubectl() =>
    [
        QueryTerm.BeginsWith("agent", "kubectl"), Any("subresource", "", "scale"),
        QueryTerm.AtLeast("code", "200"), QueryTerm.Below("code", "300"),
    ];

    private static QueryNode Any(string field, params IReadOnlyList<string> values) =>
        OrNode.Of([.. values.Select(value => QueryTerm.Is(field, value))]);

    private static QueryNode Kept(string field, string value) =>
        OverviewCounted.IsBeginning(value) ? QueryTerm.BeginsWith(field, value) : QueryTerm.Is(field, value);

    private static QueryNode Tool(string value) =>
        value.EndsWith('/') ? QueryTerm.BeginsWith("agent", value) : Kept("agent", value);

    private static QueryNode Address(string value) =>
        value == NoAddress ? new NotNode(QueryTerm.Exists("ip")) : QueryTerm.Is("ip", value);

    /// <summary>The address of requests that have none.</summary>
    public const string NoAddress = "::";

    private string Print(params IReadOnlyList<QueryNode> terms)
    {
        if (cluster is not null)
            terms = [QueryTerm.Is("cluster", cluster), .. terms];
        return terms.Count == 0 ? "" : AndNode.Of(terms).ToString();
    }
}
