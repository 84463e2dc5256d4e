using System.Runtime.InteropServices;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>How much of a log.</summary>
/// <param name="Events">Events.</param>
/// <param name="Bytes">Their size as JSON lines, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Volume(double Events, double Bytes)
{
    /// <summary>Both together.</summary>
    public static Volume operator +(Volume left, Volume right) => new(left.Events + right.Events, left.Bytes + right.Bytes);

    /// <summary>What is more.</summary>
    public static Volume operator -(Volume left, Volume right) => new(left.Events - right.Events, left.Bytes - right.Bytes);

    /// <summary>So many times.</summary>
    public static Volume operator *(Volume volume, double times) => new(volume.Events * times, volume.Bytes * times);

    /// <summary>So much of another; 0 of nothing.</summary>
    public double ShareOf(Volume whole) => whole.Bytes > 0 ? Bytes / whole.Bytes : 0;
}
