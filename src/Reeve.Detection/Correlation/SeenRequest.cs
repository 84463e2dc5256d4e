using System.Runtime.InteropServices;

namespace Reeve.Detection.Correlation;

/// <summary>A request that was counted, so that its other stages do not count again.</summary>
/// <param name="Correlation">By which correlation of the set.</param>
/// <param name="Place">Found by which of its rules.</param>
/// <param name="Request">Its key.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeenRequest(int Correlation, int Place, UInt128 Request)
{
    // The key is a hash already.
    /// <inheritdoc/>
    public override int GetHashCode() => (int)(uint)Request ^ (Correlation * 8191) ^ (Place << 20);
}
