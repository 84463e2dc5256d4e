namespace Reeve.Server.Setup.Platforms;

/// <summary>Clouds that run the apiserver themselves: no flag can be set, so what they export is fetched and sent on.</summary>
internal static class CloudPlatforms
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SetupPlatform> All { get; } =
    [
        Of("eks", "Amazon EKS, through CloudWatch Logs",
            chain => [Program("eks.sh", chain)],
            chain => ["bash eks.sh enable", $"then, for good, with the token in REEVE_SOURCE_TOKEN: bash eks.sh"]),
        Of("gke", "Google GKE, through Pub/Sub and Vector",
            chain => [Program("gke.sh", chain), Vector("gke-vector.yaml", chain)],
            _ => ["PROJECT=… bash gke.sh", "then, for good, with the rights to read the subscription: PROJECT=… vector --config gke-vector.yaml"]),
        Of("aks", "Azure AKS, through Event Hubs and Vector",
            chain => [Program("aks.sh", chain), Vector("aks-vector.yaml", chain)],
            _ => ["RESOURCE_GROUP=… EVENT_HUB_RULE=… bash aks.sh", "then, for good: EVENT_HUBS_NAMESPACE=… EVENT_HUBS_CONNECTION_STRING=… vector --config aks-vector.yaml"]),
    ];

    private static SetupPlatform Of(string name, string about, Func<AuditChain, IEnumerable<SetupFile>> files, Func<AuditChain, IEnumerable<string>> steps) => new(name, about)
    {
        HasLog = false,
        Ways = [],
        Needs = WayNeeds.Http,
        Files = (chain, _) => files(chain),
        Steps = steps,
    };

    private static SetupFile Program(string file, AuditChain chain) => new(file, PlatformTable.Text(file, chain)) { IsProgram = true };

    // The sink of the way that reads files, behind another source.
    private static SetupFile Vector(string file, AuditChain chain)
    {
        var shipper = ChainValues.Fill("vector.yaml", chain).Split('\n');
        var sink = shipper.SkipWhile(line => line != "sinks:").Skip(1).Select(line => line.Length > 2 ? line[2..] : line);
        return new(file, PlatformTable.Text(file, chain, ("vectorsink", string.Join('\n', sink)))) { IsSecret = true };
    }
}
