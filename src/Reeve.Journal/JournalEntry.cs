using System.Runtime.InteropServices;

namespace Reeve.Journaling;

/// <summary>One entry as it was appended.</summary>
/// <param name="Sequence">Its number; the first of a journal is 1, and a number never stands for two contents.</param>
/// <param name="Payload">The bytes. They belong to the reader and are valid until its next read.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalEntry(ulong Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>The numbers an appended batch was given: <paramref name="First"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="First">The sequence of the batch's first entry.</param>
/// <param name="End">The sequence after its last; what <see cref="Journal.WaitDurableAsync"/> takes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalAppend(ulong First, ulong End);

/// <summary>Entries from <paramref name="First"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="First">The first sequence.</param>
/// <param name="End">The sequence after the last.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalRange(ulong First, ulong End);
