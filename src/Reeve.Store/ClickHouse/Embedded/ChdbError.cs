namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>Errors of the host itself in ClickHouse's form, and the HTTP status of a code.</summary>
internal static class ChdbError
{
    public static string Text(int code, string message, string name) => $"Code: {code}. DB::Exception: {message}. ({name})";

    public static string TooMany() =>
        Text(ErrorCodes.TooManySimultaneousQueries, "Too many simultaneous queries on the embedded store", "TOO_MANY_SIMULTANEOUS_QUERIES");

    /// <summary>As ClickHouse's <c>HTTPHandler</c> does: what is wrong with the request is 4xx, the rest 500.</summary>
    public static int StatusOf(int code) => code switch
    {
        6 or 26 or 27 or 36 or 38 or 41 or 42 or 43 or 44 or 46 or 47 or 50 or 53 or 62 or 72 or 73 or 115 or 386 or 456 or 457 => 400,
        60 or 81 => 404,
        ErrorCodes.TimeoutExceeded => 408,
        ErrorCodes.TooManySimultaneousQueries => 503,
        _ => 500,
    };
}
