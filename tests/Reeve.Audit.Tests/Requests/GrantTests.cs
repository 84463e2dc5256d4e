using System.Text;
using CsCheck;
using Reeve.Audit.Requests;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Requests;

public sealed class GrantTests
{
    private static readonly Gen<string> Piece = Pick.From(
        "RBAC", ": allowed by ", "ClusterRoleBinding ", "RoleBinding ", " of ", "ClusterRole ", "Role ", " to ", "Group ", "ServiceAccount ", "\"a\"", "\"", "\\", "\n", "x");

    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Requests", "grants.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reason_names_its_binding(string reason, string expected) =>
        Assert.Equal(expected, Of(Encoding.UTF8.GetBytes(reason.Replace("\\n", "\n", StringComparison.Ordinal))));

    [Fact]
    public void Whatever_the_names_they_are_read_as_the_authorizer_quoted_them() =>
        Gen.Select(Name, Name, Name).Sample((binding, role, subject) =>
            Of(Encoding.UTF8.GetBytes($"RBAC: allowed by ClusterRoleBinding \"{binding}\" of Role \"{role}\" to User \"{subject}\""))
                == $"ClusterRoleBinding {binding}, Role {role}, User {subject}");

    [Fact]
    public void Whatever_the_text_a_grant_is_read_or_none() =>
        Gen.OneOf(Piece.Array[0, 24].Select(string.Concat), Gen.String).Sample(reason => Of(Encoding.UTF8.GetBytes(reason)).Length > 0);

    [Fact]
    public void Reading_a_grant_does_not_allocate()
    {
        var reason = "no\nRBAC: allowed by ClusterRoleBinding \"a\" of ClusterRole \"b\" to Group \"c\""u8.ToArray();

        Assert.Equal(0, Allocations.Of(() => _ = Grant.TryParse(reason, out _)));
    }

    // As Go's %q leaves them: no bare quote, backslash or line end.
    private static Gen<string> Name => Gen.String[Gen.Char["ab:/ \"\\.é"], 0, 8]
        .Select(text => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));

    private static string Of(byte[] reason) => Grant.TryParse(reason, out var grant)
        ? $"{Text(grant.BindingKind)} {Text(grant.Binding)}, {Text(grant.RoleKind)} {Text(grant.Role)}, {Text(grant.SubjectKind)} {Text(grant.Subject)}"
        : "none";

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
