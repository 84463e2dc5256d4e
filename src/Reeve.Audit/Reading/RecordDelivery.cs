using System.Runtime.InteropServices;

namespace Reeve.Audit.Reading;

/// <summary>How a record came, as far as its source knows.</summary>
/// <param name="FrameBytes">The size of the frame it came in, with its header, in bytes; 0 where there is no frame.</param>
/// <param name="SentAt">The time in its header, UTC; null without one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecordDelivery(long FrameBytes, DateTime? SentAt);
