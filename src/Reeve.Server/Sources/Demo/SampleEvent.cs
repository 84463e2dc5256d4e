namespace Reeve.Server.Sources.Demo;

/// <summary>One event of a sample log.</summary>
/// <param name="Line">Its JSON as it was received.</param>
/// <param name="Received">Its <c>requestReceivedTimestamp</c>, which all stages of a request share.</param>
/// <param name="Stage">Its <c>stageTimestamp</c>.</param>
/// <param name="Fields">What is told anew, in the order it stands in the line.</param>
internal sealed record SampleEvent(byte[] Line, DateTime Received, DateTime Stage, IReadOnlyList<SampleField> Fields);

/// <summary>A value that is told anew each time, in a form of the same length.</summary>
/// <param name="Offset">Where in the line the text begins, behind its quotation mark.</param>
/// <param name="Length">The text's length in bytes.</param>
/// <param name="Time">The time it says; null for an identifier.</param>
internal readonly record struct SampleField(int Offset, int Length, DateTime? Time);
