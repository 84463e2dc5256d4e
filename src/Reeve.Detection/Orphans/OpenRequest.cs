using Reeve.Audit;

namespace Reeve.Detection.Orphans;

/// <summary>A request that has no answer yet. Immutable.</summary>
/// <param name="Key">The request's key.</param>
/// <param name="CutKey">The key that an answer has that was cut; see <see cref="EventIdentity.CutRequestKey"/>.</param>
/// <param name="Sequence">The number of its RequestReceived.</param>
/// <param name="File">The file that stands in; empty without one.</param>
/// <param name="Context">What the pipeline knows beside it.</param>
/// <param name="Raw">Its JSON.</param>
internal sealed record OpenRequest(UInt128 Key, UInt128 CutKey, ulong Sequence, string File, EventContext Context, byte[] Raw);
