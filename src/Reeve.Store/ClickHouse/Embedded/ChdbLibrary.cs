using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The C functions of libchdb, as declared in chdb's <c>chdb.h</c>; the package ships no header.
/// Queries and formats are pointer and length, never NUL-terminated.
/// </summary>
internal sealed unsafe class ChdbLibrary
{
    private readonly nint _handle;

    private ChdbLibrary(nint handle)
    {
        _handle = handle;
        SetSignalHandlersEnabled = (delegate* unmanaged<int, void>)Export("chdb_set_signal_handlers_enabled");
        Connect = (delegate* unmanaged<int, byte**, nint*>)Export("chdb_connect");
        CloseConnection = (delegate* unmanaged<nint*, void>)Export("chdb_close_conn");
        Query = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)Export("chdb_query_with_params_n");
        StreamQuery = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)Export("chdb_stream_query_with_params_n");
        StreamFetch = (delegate* unmanaged<nint, nint, nint>)Export("chdb_stream_fetch_result");
        StreamCancelQuery = (delegate* unmanaged<nint, nint, void>)Export("chdb_stream_cancel_query");
        StreamInsert = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint>)Export("chdb_stream_insert_n");
        StreamInsertError = (delegate* unmanaged<nint, byte*>)Export("chdb_stream_insert_error");
        StreamAppend = (delegate* unmanaged<nint, byte*, nuint, int>)Export("chdb_stream_append");
        StreamDone = (delegate* unmanaged<nint, nint>)Export("chdb_stream_done");
        StreamCancelInsert = (delegate* unmanaged<nint, void>)Export("chdb_stream_cancel_insert");
        DestroyInsertStream = (delegate* unmanaged<nint, void>)Export("chdb_destroy_insert_stream");
        Classify = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, Analysis*, int>)Export("chdb_classify_query_n");
        ResultBuffer = (delegate* unmanaged<nint, byte*>)Export("chdb_result_buffer");
        ResultLength = (delegate* unmanaged<nint, nuint>)Export("chdb_result_length");
        ResultError = (delegate* unmanaged<nint, byte*>)Export("chdb_result_error");
        ResultRowsWritten = (delegate* unmanaged<nint, ulong>)Export("chdb_result_rows_written");
        DestroyResult = (delegate* unmanaged<nint, void>)Export("chdb_destroy_query_result");
    }

    public delegate* unmanaged<int, void> SetSignalHandlersEnabled { get; }

    public delegate* unmanaged<int, byte**, nint*> Connect { get; }

    public delegate* unmanaged<nint*, void> CloseConnection { get; }

    public delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> Query { get; }

    public delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> StreamQuery { get; }

    public delegate* unmanaged<nint, nint, nint> StreamFetch { get; }

    public delegate* unmanaged<nint, nint, void> StreamCancelQuery { get; }

    public delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> StreamInsert { get; }

    public delegate* unmanaged<nint, byte*> StreamInsertError { get; }

    public delegate* unmanaged<nint, byte*, nuint, int> StreamAppend { get; }

    public delegate* unmanaged<nint, nint> StreamDone { get; }

    public delegate* unmanaged<nint, void> StreamCancelInsert { get; }

    public delegate* unmanaged<nint, void> DestroyInsertStream { get; }

    public delegate* unmanaged<nint, byte*, nuint, byte*, nuint, Analysis*, int> Classify { get; }

    public delegate* unmanaged<nint, byte*> ResultBuffer { get; }

    public delegate* unmanaged<nint, nuint> ResultLength { get; }

    public delegate* unmanaged<nint, byte*> ResultError { get; }

    public delegate* unmanaged<nint, ulong> ResultRowsWritten { get; }

    public delegate* unmanaged<nint, void> DestroyResult { get; }

    /// <summary>Loads the library, or says in one line why this machine cannot.</summary>
    public static bool TryLoad(string? path, out ChdbLibrary? library, out string? error)
    {
        library = null;
        error = Missing(path);
        if (error is not null)
            return false;
        try
        {
            library = new ChdbLibrary(NativeLibrary.Load(path!));
            // Before any connection: otherwise chdb takes over SIGSEGV and a NullReferenceException hangs the process.
            library.SetSignalHandlersEnabled(0);
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            var reason = e.Message.ReplaceLineEndings(" ");
            error = $"the embedded store cannot be loaded from {path} (it needs glibc 2.17 or later): {reason}; {Elsewhere}";
            return false;
        }
    }

    private const string Elsewhere = "set store.url to use a ClickHouse server instead";

    private static string? Missing(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return $"the embedded store's library is not named: set {StoreHostOptions.LibraryVariable} to libchdb.so, or {Elsewhere}";
        if (!File.Exists(path))
            return $"the embedded store's library is not at {path}: set {StoreHostOptions.LibraryVariable}, or {Elsewhere}";
        if (!Avx2.IsSupported)
            return $"this processor has no AVX2, which the embedded store needs; {Elsewhere}";
        return null;
    }

    private nint Export(string name) => NativeLibrary.GetExport(_handle, name);

    /// <summary><c>chdb_query_analysis_v1</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Analysis
    {
        public uint StructSize;
        public uint StatementCount;
        public uint Flags;
        public uint QueryClass;
    }
}
