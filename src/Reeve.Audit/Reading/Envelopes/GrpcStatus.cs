namespace Reeve.Audit.Reading.Envelopes;

/// <summary>gRPC's status codes as the HTTP codes they stand for (google/rpc/code.proto).</summary>
internal static class GrpcStatus
{
    private static readonly int[] Http = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401];

    /// <summary>The code of a refused permission.</summary>
    public const int PermissionDenied = 7;

    /// <summary>The HTTP code; 0 for an unknown one.</summary>
    public static int ToHttp(int code) => code >= 0 && code < Http.Length ? Http[code] : 0;
}
