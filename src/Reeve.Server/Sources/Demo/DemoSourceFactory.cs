using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Demo;

/// <summary>Makes the source of the demo.</summary>
internal static class DemoSourceFactory
{
    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source)
    {
        var identity = provider.GetRequiredService<ClusterMap>().Identify(source, Sender.Unknown);
        var options = new DemoSourceOptions
        {
            Name = source.Name,
            Samples = source.Path!,
            Memory = Path.Combine(provider.GetRequiredService<ReeveConfiguration>().Data, DemoFolder.MarkName),
        };
        return () => new DemoSource(
            options,
            identity,
            provider.GetRequiredService<EventPipeline>().Open(identity),
            provider.GetRequiredService<DemoProgress>(),
            provider.GetRequiredService<SourceRegistry>(),
            provider.GetRequiredService<SenderRegistry>(),
            provider.GetRequiredService<TimeProvider>());
    }
}
