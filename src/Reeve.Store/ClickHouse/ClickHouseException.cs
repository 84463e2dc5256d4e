namespace Reeve.Store.ClickHouse;

/// <summary>The store did not do what was asked.</summary>
public sealed class ClickHouseException : Exception
{
    /// <summary>An error that is none of ClickHouse's own: no connection, no answer, no code.</summary>
    public ClickHouseException(string message, StoreFailure failure, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>An error with a ClickHouse code; the failure follows from the code.</summary>
    public ClickHouseException(int code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Failure = ErrorCodes.FailureOf(code);
    }

    /// <summary>ClickHouse's error code; 0 where the store gave none.</summary>
    public int Code { get; }

    /// <summary>What kind of failure it is and so what to do next.</summary>
    public StoreFailure Failure { get; }
}

/// <summary>What kind of failure the store answered with, and so what the caller does next.</summary>
public enum StoreFailure
{
    /// <summary>The store is not there or broke off: the same request is sent again when it is back.</summary>
    Unavailable,

    /// <summary>The store is there but has no room, memory or time for this now: the same request is sent again later.</summary>
    Overloaded,

    /// <summary>The store will never take this content: sending it again is useless, a smaller part of it may be taken.</summary>
    Refused,
}
