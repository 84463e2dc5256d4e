using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.Sources.Demo;
using Reeve.Server.Sources.Files;
using Reeve.Server.Sources.Relp;
using Reeve.Server.Sources.Syslog;
using Reeve.Server.Sources.Webhook;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Sources;

/// <summary>Makes the sources of the configuration. Each type has a factory in its folder; a new one is one more line of <see cref="Types"/>.</summary>
internal static class SourceServices
{
    private const string ConsumerPrefix = "source-";

    private static readonly FrozenDictionary<string, Func<IServiceProvider, SourceConfiguration, Func<ISource>>> Types =
        new Dictionary<string, Func<IServiceProvider, SourceConfiguration, Func<ISource>>>(StringComparer.Ordinal)
        {
            [FileSourceOptions.Type] = FileSourceFactory.Create,
            [DemoSourceOptions.Type] = DemoSourceFactory.Create,
            [SyslogSourceFactory.Type] = SyslogSourceFactory.Create,
            [RelpSourceFactory.Type] = RelpSourceFactory.Create,
            [WebhookOptions.Type] = WebhookServices.Create,
        }.ToFrozenDictionary();

    public static IServiceCollection AddReeveSources(this IServiceCollection services, ReeveConfiguration configuration)
    {
        // Nothing real comes into a demo.
        var sources = configuration.IsDemo ? configuration.Sources : configuration.Sources.Union([WebhookServices.Configured(configuration)]);
        foreach (var source in sources)
            services.AddSingleton(provider => new SourceRun(source.Name, Create(provider, source)));
        services.TryAddSingleton(provider => new ClusterMap(configuration.Clusters, provider.GetRequiredService<ClusterAssignments>()));
        services.AddSingleton<SourceRunner>();
        services.AddReeveWebhook(configuration);
        if (configuration.IsDemo)
            services.AddSingleton<DemoProgress>().AddSingleton<IReadinessCheck, DemoReadiness>();
        return services;
    }

    /// <summary>Lets the journal forget the sources that are configured no longer: they hold back its segments.</summary>
    public static void ForgetOthers(Journal journal, IEnumerable<string> configured)
    {
        var known = configured.Select(Consumer).ToHashSet(StringComparer.Ordinal);
        foreach (var consumer in journal.Status.Consumers.Keys)
        {
            if (consumer.StartsWith(ConsumerPrefix, StringComparison.Ordinal) && !known.Contains(consumer))
                journal.RemoveCursor(consumer);
        }
    }

    /// <summary>The name of a source's cursor on the journal: a source's name can be a path, a consumer's name is a file's.</summary>
    public static string Consumer(string source) =>
        ConsumerPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8));

    private static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source) =>
        Types.TryGetValue(source.Type, out var create)
            ? create(provider, source)
            : throw new ConfigurationException(
                [new ConfigurationError("sources", 0, 0, $"there is no source of type {source.Type}; known: {string.Join(", ", Types.Keys)}")]);
}
