namespace Reeve.Audit.Requests;

/// <summary>
/// What a request for a session in a container asks for: exec and attach of a pod (PodExecOptions, PodAttachOptions of
/// <c>core/v1</c>), and the kubelet's own exec and run behind <c>nodes/proxy</c>. It stands in the URI alone. Valid as long as the
/// URI is; nothing in it allocates.
/// </summary>
public readonly ref struct PodSession
{
    private readonly ReadOnlySpan<byte> _uri;
    private readonly ReadOnlySpan<byte> _commandParameter;

    private PodSession(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> commandParameter)
    {
        _uri = uri;
        _commandParameter = commandParameter;
    }

    /// <summary>Whether it sends input.</summary>
    public bool HasStdin => RequestQuery.IsSet(_uri, "stdin"u8);

    /// <summary>Whether a terminal was asked for: a person at a keyboard.</summary>
    public bool HasTty => RequestQuery.IsSet(_uri, "tty"u8);

    /// <summary>Reads a request; false where it asks for no such session. A cut event may have lost its subresource.</summary>
    /// <param name="uri"><c>requestURI</c>, UTF-8.</param>
    /// <param name="subresource"><c>objectRef.subresource</c>.</param>
    /// <param name="session">What it asks for.</param>
    public static bool TryParse(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> subresource, out PodSession session)
    {
        var path = RequestQuery.Path(uri);
        session = default;
        if (subresource.SequenceEqual("exec"u8) || path.EndsWith("/exec"u8) || path.IndexOf("/proxy/exec/"u8) >= 0)
            session = new PodSession(uri, "command"u8);
        else if (path.IndexOf("/proxy/run/"u8) >= 0)
            session = new PodSession(uri, "cmd"u8);
        else if (subresource.SequenceEqual("attach"u8) || path.EndsWith("/attach"u8))
            session = new PodSession(uri, default);
        else
            return false;
        return true;
    }

    /// <summary>
    /// Writes the command, its arguments joined by a space, into a span at least as long as the URI; returns the length, 0 where
    /// there is none.
    /// </summary>
    public int WriteCommand(Span<byte> into) => _commandParameter.IsEmpty ? 0 : RequestQuery.Join(_uri, _commandParameter, into);

    /// <summary>Writes the container asked for; returns the length, 0 for the pod's default container.</summary>
    public int WriteContainer(Span<byte> into) => RequestQuery.Join(_uri, "container"u8, into);
}
