using Reeve.Server.Sources.Demo;

namespace Reeve.Server.Tests.Sources.Demo;

/// <summary>The sample logs of the repository.</summary>
internal static class DemoSamples
{
    public static string Folder => Path.Combine(Repository.Root, "samples");

    public static IReadOnlyDictionary<string, SampleLog> Logs { get; } = Story.Chapters
        .Select(chapter => SampleLog.Read(Folder, chapter.Log))
        .ToDictionary(log => log.Name, StringComparer.Ordinal);
}
