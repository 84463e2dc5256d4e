using System.Text;
using CsCheck;
using Reeve.Audit.Callers;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Callers;

public sealed class CallerTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Callers", "callers.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_user_name_says_what_the_caller_is(string user, string expected) => Assert.Equal(expected, Of(Encoding.UTF8.GetBytes(user)));

    [Fact]
    public void A_service_account_is_its_user_name_again_whatever_the_bytes() =>
        Gen.Select(Pick.From("system:serviceaccount:", "system:node:", ""), Gen.String[Gen.Char["ab-.:/ \0é"], 0, 12]).Sample((lead, rest) =>
        {
            var user = Encoding.UTF8.GetBytes(lead + rest);
            if (!ServiceAccountName.TryParse(user, out var account))
                return true;
            return Encoding.UTF8.GetString(user) == $"system:serviceaccount:{Encoding.UTF8.GetString(account.Namespace)}:{Encoding.UTF8.GetString(account.Name)}";
        });

    private static string Of(byte[] user)
    {
        if (ServiceAccountName.TryParse(user, out var account))
            return $"service account {Encoding.UTF8.GetString(account.Namespace)}/{Encoding.UTF8.GetString(account.Name)}";
        return NodeUser.TryParse(user, out var node) ? $"node {Encoding.UTF8.GetString(node)}" : "-";
    }
}
