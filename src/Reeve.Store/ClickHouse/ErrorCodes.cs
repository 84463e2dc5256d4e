using System.Collections.Frozen;

namespace Reeve.Store.ClickHouse;

/// <summary>
/// Which of ClickHouse's error codes mean that the store is away, not set up, or too busy (<c>src/Common/ErrorCodes.cpp</c>).
/// What no part of a batch could cure (a missing table, a wrong password) is never its content's fault.
/// A code that is not listed is about the content of the request: <see cref="StoreFailure.Refused"/>.
/// </summary>
internal static class ErrorCodes
{
    /// <summary>TIMEOUT_EXCEEDED.</summary>
    public const int TimeoutExceeded = 159;

    /// <summary>TOO_MANY_SIMULTANEOUS_QUERIES.</summary>
    public const int TooManySimultaneousQueries = 202;

    /// <summary>MEMORY_LIMIT_EXCEEDED.</summary>
    public const int MemoryLimitExceeded = 241;

    /// <summary>QUERY_WAS_CANCELLED.</summary>
    public const int QueryWasCancelled = 394;

    private static readonly FrozenDictionary<int, (string Name, StoreFailure Failure)> Known =
        new Dictionary<int, (string, StoreFailure)>
        {
            [16] = ("NO_SUCH_COLUMN_IN_TABLE", StoreFailure.Unavailable),
            [60] = ("UNKNOWN_TABLE", StoreFailure.Unavailable),
            [81] = ("UNKNOWN_DATABASE", StoreFailure.Unavailable),
            [115] = ("UNKNOWN_SETTING", StoreFailure.Unavailable),
            [159] = ("TIMEOUT_EXCEEDED", StoreFailure.Overloaded),
            [164] = ("READONLY", StoreFailure.Unavailable),
            [173] = ("CANNOT_ALLOCATE_MEMORY", StoreFailure.Overloaded),
            [192] = ("UNKNOWN_USER", StoreFailure.Unavailable),
            [193] = ("WRONG_PASSWORD", StoreFailure.Unavailable),
            [194] = ("REQUIRED_PASSWORD", StoreFailure.Unavailable),
            [198] = ("DNS_ERROR", StoreFailure.Unavailable),
            [201] = ("QUOTA_EXCEEDED", StoreFailure.Overloaded),
            [202] = ("TOO_MANY_SIMULTANEOUS_QUERIES", StoreFailure.Overloaded),
            [203] = ("NO_FREE_CONNECTION", StoreFailure.Overloaded),
            [209] = ("SOCKET_TIMEOUT", StoreFailure.Unavailable),
            [210] = ("NETWORK_ERROR", StoreFailure.Unavailable),
            [218] = ("TABLE_IS_DROPPED", StoreFailure.Unavailable),
            [236] = ("ABORTED", StoreFailure.Unavailable),
            [241] = ("MEMORY_LIMIT_EXCEEDED", StoreFailure.Overloaded),
            [242] = ("TABLE_IS_READ_ONLY", StoreFailure.Unavailable),
            [243] = ("NOT_ENOUGH_SPACE", StoreFailure.Overloaded),
            [252] = ("TOO_MANY_PARTS", StoreFailure.Overloaded),
            [279] = ("ALL_CONNECTION_TRIES_FAILED", StoreFailure.Unavailable),
            [285] = ("TOO_FEW_LIVE_REPLICAS", StoreFailure.Unavailable),
            [319] = ("UNKNOWN_STATUS_OF_INSERT", StoreFailure.Unavailable),
            [369] = ("ALL_REPLICAS_ARE_STALE", StoreFailure.Unavailable),
            [394] = ("QUERY_WAS_CANCELLED", StoreFailure.Overloaded),
            [425] = ("SYSTEM_ERROR", StoreFailure.Unavailable),
            [439] = ("CANNOT_SCHEDULE_TASK", StoreFailure.Overloaded),
            [473] = ("DEADLOCK_AVOIDED", StoreFailure.Overloaded),
            [497] = ("ACCESS_DENIED", StoreFailure.Unavailable),
            [516] = ("AUTHENTICATION_FAILED", StoreFailure.Unavailable),
            [745] = ("SERVER_OVERLOADED", StoreFailure.Overloaded),
            [999] = ("KEEPER_EXCEPTION", StoreFailure.Unavailable),
        }.ToFrozenDictionary();

    /// <summary>What a failure with this code means for the caller.</summary>
    public static StoreFailure FailureOf(int code) =>
        code == 0 ? StoreFailure.Unavailable : Known.TryGetValue(code, out var known) ? known.Failure : StoreFailure.Refused;
}
