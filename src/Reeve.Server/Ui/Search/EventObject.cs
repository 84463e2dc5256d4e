using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>The object of a request in one word.</summary>
internal static class EventObject
{
    /// <summary><c>pods/web-1/exec</c>, or the URI of a request for no resource.</summary>
    public static string Of(StoredEvent row) => row.Resource.Length == 0
        ? row.Uri
        : row.Resource + (row.Name.Length > 0 ? "/" + row.Name : "") + (row.Subresource.Length > 0 ? "/" + row.Subresource : "");
}
