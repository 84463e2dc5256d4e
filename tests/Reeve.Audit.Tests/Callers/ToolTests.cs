using System.Text;
using CsCheck;
using Reeve.Audit.Callers;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Callers;

public sealed class ToolTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Callers", "tools.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_user_agent_names_its_program(string agent, string expected) => Assert.Equal(expected, Of(agent));

    [Fact]
    public void No_user_agent_names_no_program() => Assert.Equal(("", ""), (Of(""), Of("   ")));

    [Fact]
    public void Whatever_the_user_agent_name_and_version_hold_no_space_and_are_no_longer() =>
        Gen.OneOf(Gen.String, Gen.Select(Gen.Int[0, ToolTable.Rows.Length - 1], Gen.String, (at, rest) => Agent(ToolTable.Rows[at], rest))).Sample(agent =>
        {
            var bytes = Encoding.UTF8.GetBytes(agent);
            var tool = Tool.Of(bytes);
            return !tool.Name.Contains((byte)' ') && !tool.Version.Contains((byte)' ') && tool.Version.Length <= bytes.Length;
        });

    [Fact]
    public void Every_row_of_the_table_is_reached()
    {
        foreach (var row in ToolTable.Rows)
            Assert.Equal(row.Name, Encoding.UTF8.GetString(Tool.Of(Encoding.UTF8.GetBytes(Agent(row, "1"))).Name));
    }

    [Fact]
    public void Reading_callers_does_not_allocate()
    {
        var agent = "Mozilla/5.0 (X11) Gecko/20100101 Firefox/128.0"u8.ToArray();
        var user = "system:serviceaccount:ci:deployer"u8.ToArray();
        var extra = """{"authentication.kubernetes.io/credential-id":["JTI=1"]}"""u8.ToArray();

        Assert.Equal(0, Allocations.Of(() =>
        {
            _ = Tool.Of(agent);
            _ = ServiceAccountName.TryParse(user, out _);
            _ = NodeUser.TryParse(user, out _);
            _ = Audit.Fields.JsonTexts.TryFirst(extra, "authentication.kubernetes.io/credential-id"u8, out _);
        }));
    }

    private static string Agent(ToolRow row, string rest) => $"{row.Begins}{rest}{row.VersionAfter}{rest}{row.Holds}";

    private static string Of(string agent)
    {
        var tool = Tool.Of(Encoding.UTF8.GetBytes(agent));
        return $"{Encoding.UTF8.GetString(tool.Name)} {Encoding.UTF8.GetString(tool.Version)}".TrimEnd();
    }
}
