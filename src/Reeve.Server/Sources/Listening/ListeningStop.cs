namespace Reeve.Server.Sources.Listening;

/// <summary>How a source that is told to end does so, step by step.</summary>
/// <param name="Frames">From now on no new frame is waited for.</param>
/// <param name="Receiving">The rest of a frame that had begun is waited for no longer.</param>
/// <param name="Journalling">The journal's room is waited for no longer.</param>
internal sealed record ListeningStop(CancellationToken Frames, CancellationToken Receiving, CancellationToken Journalling);
