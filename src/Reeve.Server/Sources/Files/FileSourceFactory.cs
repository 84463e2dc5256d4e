using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.State;

namespace Reeve.Server.Sources.Files;

/// <summary>Makes sources of type <c>file</c>.</summary>
internal static class FileSourceFactory
{
    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source)
    {
        var clusters = provider.GetRequiredService<ClusterMap>();
        SourceIdentity Identify(string path) => clusters.Identify(source, new Sender(Path: path));
        var options = new FileSourceOptions
        {
            Name = source.Name,
            Paths = [source.Path!],
            Identify = Identify,
        };
        // Before any source runs: none of them may take itself for the last.
        var ends = provider.GetRequiredService<InputEnds>();
        ends.Behind(source.Name);
        // A journal's cursor is opened once for a name; whatever a run holds open is its own.
        var cursors = new FileCursors(
            provider.GetRequiredService<StateDatabase>(),
            source.Name,
            provider.GetRequiredService<Journal>().OpenCursor(SourceServices.Consumer(source.Name)));
        return () => new FileSource(
            options,
            Files(provider, options, cursors),
            cursors,
            provider.GetRequiredService<EventPipeline>().Open(Identify(source.Path!)),
            new(() => Identify(source.Path!), provider.GetRequiredService<SourceRegistry>(), provider.GetRequiredService<SenderRegistry>(), ends),
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
}
