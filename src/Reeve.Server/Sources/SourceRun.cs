namespace Reeve.Server.Sources;

/// <summary>A configured source, which can be run again and again.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Create">Makes it anew, with an intake of its own; it runs once.</param>
internal sealed record SourceRun(string Name, Func<ISource> Create);
