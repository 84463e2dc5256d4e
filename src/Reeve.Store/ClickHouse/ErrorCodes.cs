using System.Collections.Frozen;

namespace Reeve.Store.ClickHouse;

/// <summary>
/// What ClickHouse's error codes mean for the caller (<c>src/Common/ErrorCodes.cpp</c>). Only a code that is listed as
/// <see cref="StoreFailure.Refused"/> is the fault of what was sent: rows are given up for no other. What no part of a batch
/// could cure (a missing table, a wrong password) is <see cref="StoreFailure.Unavailable"/>.
/// A code that is not listed says nothing about the rows: <see cref="StoreFailure.Overloaded"/>.
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

    /// <summary>The codes with ClickHouse's names for them.</summary>
    internal static FrozenDictionary<int, (string Name, StoreFailure Failure)> Known { get; } =
        new Dictionary<int, (string, StoreFailure)>
        {
            [6] = ("CANNOT_PARSE_TEXT", StoreFailure.Refused),
            [16] = ("NO_SUCH_COLUMN_IN_TABLE", StoreFailure.Unavailable),
            [25] = ("CANNOT_PARSE_ESCAPE_SEQUENCE", StoreFailure.Refused),
            [26] = ("CANNOT_PARSE_QUOTED_STRING", StoreFailure.Refused),
            [27] = ("CANNOT_PARSE_INPUT_ASSERTION_FAILED", StoreFailure.Refused),
            [32] = ("ATTEMPT_TO_READ_AFTER_EOF", StoreFailure.Refused),
            [33] = ("CANNOT_READ_ALL_DATA", StoreFailure.Refused),
            [38] = ("CANNOT_PARSE_DATE", StoreFailure.Refused),
            [41] = ("CANNOT_PARSE_DATETIME", StoreFailure.Refused),
            [47] = ("UNKNOWN_IDENTIFIER", StoreFailure.Unavailable),
            [53] = ("TYPE_MISMATCH", StoreFailure.Refused),
            [60] = ("UNKNOWN_TABLE", StoreFailure.Unavailable),
            [69] = ("ARGUMENT_OUT_OF_BOUND", StoreFailure.Refused),
            [70] = ("CANNOT_CONVERT_TYPE", StoreFailure.Refused),
            [72] = ("CANNOT_PARSE_NUMBER", StoreFailure.Refused),
            [81] = ("UNKNOWN_DATABASE", StoreFailure.Unavailable),
            [115] = ("UNKNOWN_SETTING", StoreFailure.Unavailable),
            [117] = ("INCORRECT_DATA", StoreFailure.Refused),
            [128] = ("TOO_LARGE_ARRAY_SIZE", StoreFailure.Refused),
            [130] = ("CANNOT_READ_ARRAY_FROM_TEXT", StoreFailure.Refused),
            [131] = ("TOO_LARGE_STRING_SIZE", StoreFailure.Refused),
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
            [321] = ("VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE", StoreFailure.Refused),
            [349] = ("CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN", StoreFailure.Refused),
            [369] = ("ALL_REPLICAS_ARE_STALE", StoreFailure.Unavailable),
            [376] = ("CANNOT_PARSE_UUID", StoreFailure.Refused),
            [394] = ("QUERY_WAS_CANCELLED", StoreFailure.Overloaded),
            [407] = ("DECIMAL_OVERFLOW", StoreFailure.Refused),
            [425] = ("SYSTEM_ERROR", StoreFailure.Unavailable),
            [427] = ("CANNOT_COMPILE_REGEXP", StoreFailure.Refused),
            [439] = ("CANNOT_SCHEDULE_TASK", StoreFailure.Overloaded),
            [441] = ("CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING", StoreFailure.Refused),
            [467] = ("CANNOT_PARSE_BOOL", StoreFailure.Refused),
            [469] = ("VIOLATED_CONSTRAINT", StoreFailure.Refused),
            [473] = ("DEADLOCK_AVOIDED", StoreFailure.Overloaded),
            [497] = ("ACCESS_DENIED", StoreFailure.Unavailable),
            [516] = ("AUTHENTICATION_FAILED", StoreFailure.Unavailable),
            [675] = ("CANNOT_PARSE_IPV4", StoreFailure.Refused),
            [676] = ("CANNOT_PARSE_IPV6", StoreFailure.Refused),
            [691] = ("UNKNOWN_ELEMENT_OF_ENUM", StoreFailure.Refused),
            [745] = ("SERVER_OVERLOADED", StoreFailure.Overloaded),
            [999] = ("KEEPER_EXCEPTION", StoreFailure.Unavailable),
        }.ToFrozenDictionary();

    /// <summary>What a failure with this code means for the caller.</summary>
    public static StoreFailure FailureOf(int code) =>
        code == 0 ? StoreFailure.Unavailable : Known.TryGetValue(code, out var known) ? known.Failure : StoreFailure.Overloaded;
}
