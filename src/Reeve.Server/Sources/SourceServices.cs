using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Files;
using Reeve.Server.State;

namespace Reeve.Server.Sources;

/// <summary>Makes the sources of the configuration. A new type of source is one more line of <see cref="Types"/>.</summary>
internal static class SourceServices
{
    private const string ConsumerPrefix = "source-";

    private static readonly FrozenDictionary<string, Func<IServiceProvider, ReeveConfiguration, SourceConfiguration, Func<ISource>>> Types =
        new Dictionary<string, Func<IServiceProvider, ReeveConfiguration, SourceConfiguration, Func<ISource>>>(StringComparer.Ordinal)
        {
            [FileSourceOptions.Type] = CreateFiles,
        }.ToFrozenDictionary();

    public static IServiceCollection AddReeveSources(this IServiceCollection services, ReeveConfiguration configuration)
    {
        foreach (var source in configuration.Sources)
            services.AddSingleton(provider => new SourceRun(source.Name, Create(provider, configuration, source)));
        services.AddSingleton<SourceRunner>();
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

    private static Func<ISource> Create(IServiceProvider provider, ReeveConfiguration configuration, SourceConfiguration source) =>
        Types.TryGetValue(source.Type, out var create)
            ? create(provider, configuration, source)
            : throw new ConfigurationException(
                [new ConfigurationError("sources", 0, 0, $"there is no source of type {source.Type}; known: {string.Join(", ", Types.Keys)}")]);

    private static Func<ISource> CreateFiles(
        IServiceProvider provider, ReeveConfiguration configuration, SourceConfiguration source)
    {
        var clusters = new ClusterMap(configuration.Clusters);
        var identity = clusters.Identify(source, new Sender(Path: source.Path!));
        var options = new FileSourceOptions
        {
            Name = source.Name,
            Paths = [source.Path!],
            Identify = path => clusters.Identify(source, new Sender(Path: path)),
        };
        // A journal's cursor is opened once for a name; whatever a run holds open is its own.
        var cursors = new FileCursors(
            provider.GetRequiredService<StateDatabase>(),
            source.Name,
            provider.GetRequiredService<Journal>().OpenCursor(Consumer(source.Name)));
        return () => new FileSource(
            options,
            Files(provider, options, cursors),
            cursors,
            provider.GetRequiredService<EventPipeline>().Open(identity),
            new(identity, provider.GetRequiredService<SourceRegistry>(), provider.GetRequiredService<SourceCounts>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FileSource>>());
    }

    private static OpenFiles Files(IServiceProvider provider, FileSourceOptions options, FileCursors cursors)
    {
        var limits = provider.GetRequiredService<EventLimits>();
        var time = provider.GetRequiredService<TimeProvider>();
        var scrubber = new Scrubber(provider.GetRequiredService<ScrubKey>());
        var signatures = new FileSignatures(scrubber);
        return new(new(options.Paths), cursors, signatures, cursor => new(cursor, limits, scrubber, signatures, time));
    }

    // A source's name can be a path; a consumer's name is a file's.
    private static string Consumer(string source) =>
        ConsumerPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8));
}
