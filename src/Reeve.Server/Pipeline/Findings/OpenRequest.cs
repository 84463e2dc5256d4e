using System.Runtime.InteropServices;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>A request that was received and not answered yet.</summary>
/// <param name="Key">The request's key.</param>
/// <param name="CutKey">The key that a stage of it has when it is cut.</param>
/// <param name="Sequence">The journal's sequence of its RequestReceived.</param>
/// <param name="Time">When it was received by the apiserver, UTC.</param>
/// <param name="Lane">The id of the lane it came in.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OpenRequest(UInt128 Key, UInt128 CutKey, ulong Sequence, DateTime Time, int Lane);
