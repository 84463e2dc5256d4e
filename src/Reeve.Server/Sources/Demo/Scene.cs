using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Server.Sources.Demo;

/// <summary>A chapter as it is told this time: when, and under which identifiers.</summary>
/// <param name="Log">What is told.</param>
/// <param name="Shift">When.</param>
/// <param name="Seed">Makes the identifiers of this time: equal ones stay equal.</param>
internal sealed record Scene(SampleLog Log, TimeShift Shift, long Seed)
{
    /// <summary>When <paramref name="told"/> happens this time.</summary>
    public DateTime TimeOf(SampleEvent told) => Shift.Tell(told.Stage, told.Received);

    /// <summary>The event as it is this time: its times and identifiers anew, all else as it was recorded.</summary>
    public byte[] Tell(SampleEvent told)
    {
        var line = told.Line.AsSpan().ToArray();
        foreach (var field in told.Fields)
        {
            var text = line.AsSpan(field.Offset, field.Length);
            if (field.Time is { } time)
                TimeText.Write(text, Shift.Tell(time, told.Received));
            else
                Renew(text);
        }

        return line;
    }

    private void Renew(Span<byte> identifier)
    {
        Span<byte> seeded = stackalloc byte[sizeof(long) + SampleFields.IdentifierLength];
        BinaryPrimitives.WriteInt64LittleEndian(seeded, Seed);
        identifier.CopyTo(seeded[sizeof(long)..]);
        Span<byte> anew = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seeded, anew);
        // Version 4, variant 1 (RFC 9562 §5.4), as the apiserver makes them.
        anew[6] = (byte)((anew[6] & 0x0F) | 0x40);
        anew[8] = (byte)((anew[8] & 0x3F) | 0x80);
        Encoding.ASCII.GetBytes(new Guid(anew[..16], bigEndian: true).ToString("D"), identifier);
    }
}
