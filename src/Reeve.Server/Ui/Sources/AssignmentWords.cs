using Reeve.Server.Sources.Clusters;

namespace Reeve.Server.Ui.Sources;

/// <summary>An assignment in words.</summary>
internal static class AssignmentWords
{
    /// <summary>"host cp-1, tag kube-audit, source syslog".</summary>
    public static string Of(AssignmentMatch match) => string.Join(", ", new[]
    {
        Part("host", match.Host), Part("tag", match.Tag), Part("certificate", match.San), Part("address", match.Peer?.ToString()), Part("source", match.Source),
    }.Where(part => part.Length > 0));

    private static string Part(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"{name} {value}";
}
