using System.Collections.Frozen;

namespace Reeve.Store.ClickHouse;

/// <summary>
/// Which of ClickHouse's error codes mean that the store is away or too busy (<c>src/Common/ErrorCodes.cpp</c>).
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
            [3] = ("UNEXPECTED_END_OF_FILE", StoreFailure.Unavailable),
            [32] = ("ATTEMPT_TO_READ_AFTER_EOF", StoreFailure.Refused),
            [159] = ("TIMEOUT_EXCEEDED", StoreFailure.Overloaded),
            [164] = ("READONLY", StoreFailure.Unavailable),
            [173] = ("CANNOT_ALLOCATE_MEMORY", StoreFailure.Overloaded),
            [198] = ("DNS_ERROR", StoreFailure.Unavailable),
            [201] = ("QUOTA_EXCEEDED", StoreFailure.Overloaded),
            [202] = ("TOO_MANY_SIMULTANEOUS_QUERIES", StoreFailure.Overloaded),
            [203] = ("NO_FREE_CONNECTION", StoreFailure.Overloaded),
            [209] = ("SOCKET_TIMEOUT", StoreFailure.Unavailable),
            [210] = ("NETWORK_ERROR", StoreFailure.Unavailable),
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
            [516] = ("AUTHENTICATION_FAILED", StoreFailure.Unavailable),
            [745] = ("SERVER_OVERLOADED", StoreFailure.Overloaded),
            [999] = ("KEEPER_EXCEPTION", StoreFailure.Unavailable),
        }.ToFrozenDictionary();

    /// <summary>What a failure with this code means for the caller.</summary>
    public static StoreFailure FailureOf(int code) =>
        code == 0 ? StoreFailure.Unavailable : Known.TryGetValue(code, out var known) ? known.Failure : StoreFailure.Refused;
}
