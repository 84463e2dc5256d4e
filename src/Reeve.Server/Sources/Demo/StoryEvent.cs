namespace Reeve.Server.Sources.Demo;

/// <summary>An event of a telling.</summary>
/// <param name="Time">When it happens.</param>
/// <param name="Scene">The chapter it belongs to, as it is told this time.</param>
/// <param name="Sample">What happens.</param>
internal sealed record StoryEvent(DateTime Time, Scene Scene, SampleEvent Sample)
{
    /// <summary>Its JSON.</summary>
    public byte[] Json() => Scene.Tell(Sample);
}
