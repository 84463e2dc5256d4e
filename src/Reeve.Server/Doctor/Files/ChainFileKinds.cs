using System.Text.RegularExpressions;

namespace Reeve.Server.Doctor.Files;

/// <summary>Tells what a file is by what stands in it, broken or not.</summary>
internal static partial class ChainFileKinds
{
    /// <summary>What it is.</summary>
    public static ChainFileKind Of(string text)
    {
        if (text.TrimStart().StartsWith('{') && text.Contains("audit.k8s.io/v1", StringComparison.Ordinal) && text.Contains("\"stage\"", StringComparison.Ordinal))
            return ChainFileKind.Log;
        if (Policy.IsMatch(text))
            return ChainFileKind.Policy;
        if (text.Contains("kube-apiserver", StringComparison.Ordinal) && text.Contains("kind: Pod", StringComparison.Ordinal))
            return ChainFileKind.Manifest;
        if (Flag.IsMatch(text))
            return ChainFileKind.Manifest;
        if (Rsyslog.IsMatch(text))
            return ChainFileKind.Rsyslog;
        if (FluentBit.IsMatch(text))
            return ChainFileKind.FluentBit;
        return Kubeconfig.IsMatch(text) ? ChainFileKind.Kubeconfig : ChainFileKind.Other;
    }

    [GeneratedRegex(@"^[ \t\u00A0]*(apiVersion:\s*[""']?audit\.k8s\.io/|""apiVersion""\s*:\s*""audit\.k8s\.io/)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Policy { get; }

    [GeneratedRegex(@"^[ \t\u00A0]*-\s+[""']?--(audit-|etcd-servers|tls-cert-file)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Flag { get; }

    [GeneratedRegex(@"^[ \t\u00A0]*(\$(ModLoad|InputFile\w+|ActionQueue\w+|WorkDirectory|MaxMessageSize)\b|(module|input|global|ruleset|action|template)\s*\(|if\s+\$\w+|\S+\.\S+\s+@@?[\w(\[])", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Rsyslog { get; }

    [GeneratedRegex(@"^[ \t\u00A0]*(\[(INPUT|OUTPUT|SERVICE|FILTER)\]\s*$|pipeline:\s*$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FluentBit { get; }

    [GeneratedRegex(@"^[ \t\u00A0]*kind:\s*[""']?Config\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kubeconfig { get; }
}
