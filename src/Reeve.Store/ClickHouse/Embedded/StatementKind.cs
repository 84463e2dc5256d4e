namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>What a statement does, as ClickHouse's own parser sees it (<c>chdb_query_class</c>).</summary>
internal enum StatementKind
{
    /// <summary>Changes nothing.</summary>
    Read = 0,

    /// <summary>Changes a database.</summary>
    Write = 1,

    /// <summary>Changes something beside the databases: users, functions.</summary>
    WriteGlobal = 2,

    /// <summary>KILL, SYSTEM, SET, USE.</summary>
    Control = 3,

    /// <summary>Does not parse.</summary>
    Unknown = 4,
}
