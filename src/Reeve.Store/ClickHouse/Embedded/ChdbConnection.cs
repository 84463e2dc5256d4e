using System.Runtime.InteropServices;
using System.Text;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>One connection of chdb: one statement at a time, on any thread. Calls block until the engine answers.</summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private readonly ChdbLibrary _library;
    private nint* _connection;

    private ChdbConnection(ChdbLibrary library, nint* connection)
    {
        _library = library;
        _connection = connection;
    }

    /// <summary>The database that unqualified names mean.</summary>
    public string Database { get; set; } = "default";

    private nint Handle => _connection is null ? throw new ObjectDisposedException(nameof(ChdbConnection)) : *_connection;

    /// <summary>Opens a connection; the first one of a process starts the engine. Null where the engine refuses: it has said why on stderr.</summary>
    public static ChdbConnection? Open(ChdbLibrary library, IReadOnlyList<string> arguments)
    {
        using var argv = new Utf8Array([.. arguments]);
        var opened = library.Connect(argv.Count, argv.Pointers);
        return opened is null ? null : new ChdbConnection(library, opened);
    }

    /// <summary>Runs a statement to its end and keeps the whole answer in memory.</summary>
    public ChdbResult Query(string sql, string format = "TabSeparated", IReadOnlyList<KeyValuePair<string, string>>? parameters = null) =>
        Send(_library.Query, sql, format, parameters ?? []);

    /// <summary>Starts a SELECT whose answer is fetched block by block; the result carries the error where it cannot start.</summary>
    public ChdbQueryStream StreamQuery(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(_library, Handle, Send(_library.StreamQuery, sql, format, parameters, out var handle), handle);

    /// <summary>Starts an INSERT whose rows follow in pieces.</summary>
    public ChdbInsertStream StreamInsert(string sql, string format)
    {
        var query = Encoding.UTF8.GetBytes(sql);
        var name = Encoding.UTF8.GetBytes(format);
        fixed (byte* q = query)
        fixed (byte* f = name)
            return new ChdbInsertStream(_library, _library.StreamInsert(Handle, q, (nuint)query.Length, f, (nuint)name.Length));
    }

    /// <summary>What the statement does and how many statements it is.</summary>
    public (StatementKind Kind, int Statements) Classify(string sql)
    {
        var query = Encoding.UTF8.GetBytes(sql);
        var analysis = new ChdbLibrary.Analysis { StructSize = (uint)sizeof(ChdbLibrary.Analysis) };
        fixed (byte* q = query)
        {
            if (_library.Classify(Handle, q, (nuint)query.Length, null, 0, &analysis) != 0)
                return (StatementKind.Unknown, 0);
        }

        return ((StatementKind)analysis.QueryClass, (int)analysis.StatementCount);
    }

    public void Dispose()
    {
        if (_connection is null)
            return;
        _library.CloseConnection(_connection);
        _connection = null;
    }

    private ChdbResult Send(
        delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> function,
        string sql,
        string format,
        IReadOnlyList<KeyValuePair<string, string>> parameters) => Send(function, sql, format, parameters, out _);

    private ChdbResult Send(
        delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> function,
        string sql,
        string format,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        out nint handle)
    {
        using var text = new Utf8Array([sql, format]);
        using var names = new Utf8Array([.. parameters.Select(p => p.Key)]);
        using var values = new Utf8Array([.. parameters.Select(p => p.Value)]);
        handle = function(
            Handle, text.Pointers[0], text.Lengths[0], text.Pointers[1], text.Lengths[1],
            names.Pointers, names.Lengths, values.Pointers, values.Lengths, (nuint)names.Count);
        return new ChdbResult(_library, handle);
    }

    /// <summary>Strings as the C API takes them: pointers to UTF-8 and their lengths; each also NUL-terminated.</summary>
    private sealed class Utf8Array : IDisposable
    {
        public Utf8Array(string[] strings)
        {
            Count = strings.Length;
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, Count), (nuint)sizeof(byte*));
            Lengths = (nuint*)NativeMemory.AllocZeroed((nuint)Math.Max(1, Count), (nuint)sizeof(nuint));
            for (var i = 0; i < Count; i++)
            {
                Pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
                Lengths[i] = (nuint)Encoding.UTF8.GetByteCount(strings[i]);
            }
        }

        public int Count { get; }

        public byte** Pointers { get; }

        public nuint* Lengths { get; }

        public void Dispose()
        {
            for (var i = 0; i < Count; i++)
                Marshal.FreeCoTaskMem((nint)Pointers[i]);
            NativeMemory.Free(Pointers);
            NativeMemory.Free(Lengths);
        }
    }
}
