using Reeve.Server.Security;

namespace Reeve.Server.Tests.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse", "alice", true)]
    [InlineData("twelve chars", "alice", true)]
    [InlineData("eleven char", "alice", false)]
    [InlineData("", "alice", false)]
    [InlineData("aaaaaaaaaaaaaaaa", "alice", false)]
    [InlineData("abababababababab", "alice", false)]
    [InlineData("alicealicealice", "alice", false)]
    [InlineData("administrator1", "administrator", false)]
    [InlineData("administrator likes tea", "administrator", true)]
    public void Password_is_long_and_not_the_user_name(string password, string user, bool expected) =>
        Assert.Equal(expected, PasswordRules.Check(password, user) is null);

    [Fact]
    public void Length_counts_characters_not_code_units()
    {
        const string elevenKeys = "🔑🔒🔓🔐🗝🧷🧱🧲🧪🧫🧬";
        Assert.NotNull(PasswordRules.Check(elevenKeys, "alice"));
        Assert.Null(PasswordRules.Check(elevenKeys + "🧭", "alice"));
    }

    [Fact]
    public void Password_of_megabytes_is_refused() =>
        Assert.NotNull(PasswordRules.Check(string.Concat(Enumerable.Repeat("correct horse ", 100_000)), "alice"));

    [Theory]
    [InlineData("alice", true)]
    [InlineData("alice.b-c_d@example.com", true)]
    [InlineData("7of9", true)]
    [InlineData("", false)]
    [InlineData("-alice", false)]
    [InlineData("alice bob", false)]
    [InlineData("alice\n", false)]
    [InlineData("аlice", false)] // The first letter is Cyrillic.
    [InlineData("a/b", false)]
    public void User_name_is_plain(string name, bool expected) => Assert.Equal(expected, PasswordRules.CheckName(name) is null);
}
