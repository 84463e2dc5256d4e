using System.Runtime.InteropServices;
using System.Text;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>One answer of chdb; its bytes are native memory that lives until it is disposed.</summary>
internal sealed unsafe class ChdbResult(ChdbLibrary library, nint handle) : IDisposable
{
    private nint _handle = handle;

    /// <summary>ClickHouse's message (<c>Code: N. DB::Exception: …</c>); null on success.</summary>
    public string? Error => _handle == 0
        ? "Code: 49. DB::Exception: chdb gave no result"
        : Marshal.PtrToStringUTF8((nint)library.ResultError(_handle));

    /// <summary>Bytes of the answer; 0 also where chdb gives no buffer.</summary>
    public long Length => _handle == 0 || library.ResultBuffer(_handle) is null ? 0 : (long)library.ResultLength(_handle);

    public ulong RowsWritten => _handle == 0 ? 0 : library.ResultRowsWritten(_handle);

    public string Text => Encoding.UTF8.GetString(Slice(0, int.MaxValue));

    /// <summary>At most <paramref name="length"/> bytes from <paramref name="offset"/>.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        var left = Length - offset;
        return left <= 0 ? default : new ReadOnlySpan<byte>(library.ResultBuffer(_handle) + offset, (int)Math.Min(left, length));
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var h and not 0)
            library.DestroyResult(h);
    }
}
