namespace Reeve.Server.Configuration;

/// <summary>Makes the records of a block tree and checks what no single value can show.</summary>
internal sealed class ConfigurationBinder(string folder, List<ConfigurationError> errors)
{
    public ReeveConfiguration Bind(ConfigurationBlock root)
    {
        var data = root.Text("data") ?? Path.Combine(folder, "reeve-data");
        var keys = root.Text("keys") ?? ReeveConfiguration.KeysBeside(data);
        if ((keys + "/").StartsWith(data + "/", StringComparison.Ordinal))
            errors.Add(root.PlaceOf("keys").Error($"'keys' must be outside the data folder {data}: who copies the data must not get the keys with it"));
        var configuration = new ReeveConfiguration
        {
            Data = data,
            Keys = keys,
            Listen = Listen(root.Block("listen")),
            Sources = [.. root.Blocks("sources").Select((source, index) => SourceBinder.Bind(source, index, errors))],
            NamesSources = root.Has("sources"),
            Clusters = [.. root.Blocks("clusters").Select(Cluster)],
            Store = Store(root.Block("store")),
            Limits = Limits(root.Block("limits")),
            Scrub = Scrub(root.Block("scrub")),
            Rules = Rules(root.Block("rules")),
            Auth = Auth(root.Block("auth")),
        };
        foreach (var block in root.Blocks("sources").Where(source => source.Text("type") == "webhook").Skip(1))
            errors.Add(block.PlaceOf("type").Error("another source is of type webhook already; one takes the events of all clusters"));
        CheckUnique("source", root.Blocks("sources"), configuration.Sources, source => source.Name);
        CheckUnique("cluster", root.Blocks("clusters"), configuration.Clusters, cluster => cluster.Name);
        return configuration;
    }

    private ListenConfiguration Listen(ConfigurationBlock? block)
    {
        var defaults = new ListenConfiguration();
        if (block is null)
            return defaults;
        var tls = block.Block("tls") is { } pair ? Tls(pair) : null;
        return new ListenConfiguration { Http = block.Listen("http") ?? defaults.Http, Tls = tls, Hosts = block.Texts("hosts") };
    }

    private TlsConfiguration? Tls(ConfigurationBlock pair)
    {
        foreach (var (name, other) in new[] { ("certificate", "key"), ("key", "certificate") })
        {
            if (pair.Text(name) is not { } path)
                CheckPair(pair, name, other);
            else if (!File.Exists(path))
                errors.Add(pair.PlaceOf(name).Error($"there is no file {path}"));
        }

        return pair.Text("certificate") is { } certificate && pair.Text("key") is { } key ? new TlsConfiguration(certificate, key) : null;
    }

    // The file's own blocks were checked where they were read; half a pair can come from the environment, too.
    private void CheckPair(ConfigurationBlock pair, string missing, string present)
    {
        if (pair.Has(present) && pair.Place.Line == 0)
            errors.Add(pair.PlaceOf(present).Error($"listen.tls.{present} is set, but listen.tls.{missing} is not"));
    }

    private static ClusterConfiguration Cluster(ConfigurationBlock block) => new()
    {
        Name = block.Text("name") ?? "",
        Match = block.Block("match") is { } match
            ? new ClusterMatch
            {
                Peer = match.Networks("peer"),
                San = match.Texts("san"),
                Host = match.Texts("host"),
                Tag = match.Texts("tag"),
                Path = match.Texts("path"),
            }
            : new ClusterMatch(),
        TrustedProxies = block.Networks("trustedProxies"),
    };

    private static StoreConfiguration Store(ConfigurationBlock? block)
    {
        var defaults = new StoreConfiguration();
        return block is null
            ? defaults
            : new StoreConfiguration
            {
                Url = block.Url("url"),
                Database = block.Text("database") ?? defaults.Database,
                User = block.Text("user") ?? defaults.User,
                Password = new Secret(block.Text("password")),
                Cluster = block.Text("cluster"),
                MaxMemory = block.Size("maxMemory"),
                Library = block.Text("library"),
            };
    }

    private static LimitsConfiguration Limits(ConfigurationBlock? block)
    {
        var defaults = new LimitsConfiguration();
        return new LimitsConfiguration
        {
            Event = block?.Size("event") ?? defaults.Event,
            Horizon = block?.Duration("horizon") ?? defaults.Horizon,
            Journal = block?.Size("journal") ?? defaults.Journal,
        };
    }

    private ScrubConfiguration Scrub(ConfigurationBlock? block)
    {
        var paths = block?.Texts("paths") ?? [];
        foreach (var path in paths.Where(path => Array.Exists(path.Split('.'), string.IsNullOrWhiteSpace)))
            errors.Add(block!.PlaceOf("paths").Error($"'{path}' is no path; write names with dots between, such as requestObject.spec.license"));
        return new ScrubConfiguration { Paths = paths };
    }

    private static RulesConfiguration Rules(ConfigurationBlock? block) => new()
    {
        Paths = block?.Texts("paths") ?? [],
        Lists = block?.Texts("lists") ?? [],
        Shipped = block?.Text("shipped") is not "off",
    };

    private AuthConfiguration Auth(ConfigurationBlock? block)
    {
        var defaults = new AuthConfiguration();
        var auth = new AuthConfiguration
        {
            SessionIdle = block?.Duration("sessionIdle") ?? defaults.SessionIdle,
            SessionTotal = block?.Duration("sessionTotal") ?? defaults.SessionTotal,
        };
        if (block is not null && auth.SessionIdle > auth.SessionTotal)
            errors.Add(block.PlaceOf("sessionIdle").Error("'sessionIdle' is longer than 'sessionTotal'"));
        return auth;
    }

    private void CheckUnique<T>(string noun, IReadOnlyList<ConfigurationBlock> blocks, IReadOnlyList<T> items, Func<T, string> name)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (name(items[i]).Length > 0 && items.Take(i).Any(earlier => name(earlier) == name(items[i])))
                errors.Add(blocks[i].PlaceOf("name").Error($"another {noun} is called '{name(items[i])}' already"));
        }
    }
}
