namespace Reeve.Audit.Requests;

/// <summary>
/// The binding and role in <c>annotations["authorization.k8s.io/reason"]</c>, such as
/// <c>RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "y" to Group "z"</c> (plugin/pkg/auth/authorizer/rbac/rbac.go of
/// Kubernetes; EKS writes the same for its access policies). Values stand as the authorizer quoted them, escapes included, and
/// are valid as long as the text is.
/// </summary>
public readonly ref struct Grant
{
    private const int MaxAuthorizer = 40;

    private Grant(ReadOnlySpan<byte> bindingKind, ReadOnlySpan<byte> binding, ReadOnlySpan<byte> roleKind, ReadOnlySpan<byte> role,
        ReadOnlySpan<byte> subjectKind, ReadOnlySpan<byte> subject)
    {
        BindingKind = bindingKind;
        Binding = binding;
        RoleKind = roleKind;
        Role = role;
        SubjectKind = subjectKind;
        Subject = subject;
    }

    /// <summary>ClusterRoleBinding or RoleBinding.</summary>
    public ReadOnlySpan<byte> BindingKind { get; }

    /// <summary>Its name; of a RoleBinding <c>NAME/NAMESPACE</c>.</summary>
    public ReadOnlySpan<byte> Binding { get; }

    /// <summary>ClusterRole or Role.</summary>
    public ReadOnlySpan<byte> RoleKind { get; }

    /// <summary>The role's name.</summary>
    public ReadOnlySpan<byte> Role { get; }

    /// <summary>User, Group or ServiceAccount: whom the binding names.</summary>
    public ReadOnlySpan<byte> SubjectKind { get; }

    /// <summary>Its name; of a ServiceAccount <c>NAME/NAMESPACE</c>.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>
    /// Finds the first grant of a reason, UTF-8, which has one line for each authorizer that was asked. False where none names a
    /// binding: system:masters, other authorizers, refusals. Does not allocate.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> reason, out Grant grant)
    {
        while (true)
        {
            if (TryLine(reason, out grant))
                return true;
            var end = reason.IndexOf((byte)'\n');
            if (end < 0)
                return false;
            reason = reason[(end + 1)..];
        }
    }

    private static bool TryLine(ReadOnlySpan<byte> rest, out Grant grant)
    {
        grant = default;
        if (!TakeAuthorizer(ref rest)
            || !Take(ref rest, "allowed by "u8) || !TakeKind(ref rest, "ClusterRoleBinding"u8, "RoleBinding"u8, out var bindingKind)
            || !TakeQuoted(ref rest, out var binding)
            || !Take(ref rest, " of "u8) || !TakeKind(ref rest, "ClusterRole"u8, "Role"u8, out var roleKind)
            || !TakeQuoted(ref rest, out var role)
            || !Take(ref rest, " to "u8) || !(TakeKind(ref rest, "User"u8, "Group"u8, out var subjectKind) || TakeKind(ref rest, "ServiceAccount"u8, default, out subjectKind))
            || !TakeQuoted(ref rest, out var subject))
        {
            return false;
        }

        grant = new Grant(bindingKind, binding, roleKind, role, subjectKind, subject);
        return true;
    }

    private static bool TakeAuthorizer(scoped ref ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < rest.Length && length <= MaxAuthorizer && (char.IsAsciiLetter((char)rest[length]) || rest[length] == ' '))
            length++;
        if (length is 0 or > MaxAuthorizer)
            return false;
        rest = rest[length..];
        return Take(ref rest, ": "u8);
    }

    private static bool TakeKind(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> a, scoped ReadOnlySpan<byte> b, out ReadOnlySpan<byte> kind)
    {
        var length = rest.StartsWith(a) ? a.Length : rest.StartsWith(b) ? b.Length : 0;
        kind = rest[..length];
        rest = rest[length..];
        return length > 0 && Take(ref rest, " "u8);
    }

    // A name may hold a quote, which Go's %q writes behind a backslash: without that, a binding could be named so that it
    // looks like another.
    private static bool TakeQuoted(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Take(ref rest, "\""u8))
            return false;
        for (var i = 0; i < rest.Length && rest[i] != '\n'; i++)
        {
            if (rest[i] == '"')
            {
                value = rest[..i];
                rest = rest[(i + 1)..];
                return true;
            }

            if (rest[i] == '\\' && (++i == rest.Length || rest[i] == '\n'))
                return false;
        }

        return false;
    }

    private static bool Take(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> text)
    {
        if (!rest.StartsWith(text))
            return false;
        rest = rest[text.Length..];
        return true;
    }
}
