using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Fuzzing.Targets;

/// <summary>The bytes of a syslog connection, in pieces: every frame ends, and its header is read.</summary>
internal sealed class SyslogTarget : IFuzzTarget
{
    private static readonly EventLimits Limits = new() { Event = 4 << 10, Kept = 1 << 10 };

    private readonly Scrubber _scrubber = new(new ScrubKey(new byte[32]));

    /// <inheritdoc/>
    public string Name => "syslog";

    /// <inheritdoc/>
    public void Take(byte[] input)
    {
        using var framer = new SyslogFramer(Limits, _scrubber);
        for (var at = 0; at < input.Length;)
        {
            var room = framer.GetMemory();
            var piece = Math.Min(Math.Min(room.Length, input.Length - at), 1 + (input[at] * 4));
            input.AsMemory(at, piece).CopyTo(room);
            framer.Advance(piece);
            at += piece;
            while (framer.TryRead(out var frame))
            {
                if (frame.Bytes.Length > Limits.LargestRaw)
                    throw new InvalidOperationException($"a frame of {frame.Bytes.Length} bytes is larger than the limit");
                _ = SyslogHeader.Of(frame.Bytes.Span);
                if (frame.Fault != SyslogFault.None)
                    return;
            }
        }

        if (framer.TryTakeRest(out var rest))
            _ = SyslogHeader.Of(rest.Bytes.Span);
    }
}
