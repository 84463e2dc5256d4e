using System.Runtime.InteropServices;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>An INSERT under way on a connection. Disposed unfinished, it is cancelled: blocks the engine already took stay.</summary>
internal sealed unsafe class ChdbInsertStream(ChdbLibrary library, nint handle) : IDisposable
{
    private bool _finished;

    /// <summary>Why the insert could not start; null where it did.</summary>
    public string? Error => Marshal.PtrToStringUTF8((nint)library.StreamInsertError(handle));

    /// <summary>Hands over bytes that need not end on a row; waits while the engine is behind. False when the engine has given up: <see cref="Finish"/> says why.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
            return library.StreamAppend(handle, p, (nuint)bytes.Length) == 0;
    }

    /// <summary>Ends the data and waits until it is stored.</summary>
    public ChdbResult Finish()
    {
        _finished = true;
        return new ChdbResult(library, library.StreamDone(handle));
    }

    public void Dispose()
    {
        if (!_finished)
            library.StreamCancelInsert(handle);
        library.DestroyInsertStream(handle);
    }
}
