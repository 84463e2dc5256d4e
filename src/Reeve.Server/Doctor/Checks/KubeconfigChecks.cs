using Reeve.Detection.Yaml;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Setup.Manifests;
using YamlDotNet.Core;

namespace Reeve.Server.Doctor.Checks;

/// <summary>How the webhook of kube-apiserver sends.</summary>
internal static class KubeconfigChecks
{
    public static IEnumerable<DoctorFinding> Check(Chain chain) => chain.Files.Of(ChainFileKind.Kubeconfig).SelectMany(file =>
    {
        try
        {
            return YamlTree.Parse(file.Text) is YamlMapping root ? Judge(file, root).ToList() : [];
        }
        catch (YamlException failure)
        {
            return [new(DoctorRemarks.KubeconfigRefused, file.Path, Math.Min((int)failure.Start.Line, file.Text.AsSpan().Count('\n') + 1), $"it is no YAML: {failure.Message}")];
        }
        catch (ManifestRefusedException refused)
        {
            return [new(DoctorRemarks.KubeconfigRefused, file.Path, refused.Problem.Line, refused.Problem.Message)];
        }
    });

    private static IEnumerable<DoctorFinding> Judge(ChainFile file, YamlMapping root)
    {
        var hasToken = root.List("users")?.All<YamlMapping>("a user").Any(user => user.Block("user")?.Text("token") is not null || user.Block("user")?.Text("tokenFile") is not null) ?? false;
        foreach (var cluster in root.List("clusters")?.All<YamlMapping>("a cluster").Select(each => each.Block("cluster")).OfType<YamlMapping>() ?? [])
        {
            if (cluster.Text("server") is not { } server)
            {
                yield return new(DoctorRemarks.KubeconfigRefused, file.Path, cluster.Line, "the cluster has no server");
                continue;
            }

            if (server.Value.StartsWith("http:", StringComparison.Ordinal))
                yield return new(hasToken ? DoctorRemarks.TokenInClear : DoctorRemarks.NotVerified, file.Path, server.Line, "the server is not https", "      server: https://…");
            if (server.Value.Contains('?'))
                yield return new(DoctorRemarks.QueryDropped, file.Path, server.Line, "the address has a query; what it says must stand in the path", "      server: the same address without ?…");
            if (cluster.Text("insecure-skip-tls-verify") is { Value: "true" } insecure)
                yield return new(DoctorRemarks.NotVerified, file.Path, insecure.Line, "insecure-skip-tls-verify is true", "      certificate-authority: /etc/kubernetes/pki/reeve-ca.crt");
        }
    }
}
