using CsCheck;
using Reeve.Server.Security;

namespace Reeve.Server.Tests.Security;

public sealed class PasswordHashTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("пароль из двенадцати букв")]
    [InlineData("\ud83d\udd11 keys and more keys")]
    public void Password_matches_its_own_hash_only(string password)
    {
        var hash = PasswordHash.Create(password);

        Assert.True(PasswordHash.Verify(password, hash));
        Assert.False(PasswordHash.Verify(password + " ", hash));
        Assert.NotEqual(hash, PasswordHash.Create(password));
    }

    [Fact]
    public void Hash_names_its_cost()
    {
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", PasswordHash.Create("correct horse battery"), StringComparison.Ordinal);
        Assert.False(PasswordHash.IsOutdated(PasswordHash.Create("correct horse battery")));
    }

    [Fact]
    public void Hash_of_another_cost_verifies_and_is_outdated()
    {
        var cheap = PasswordHash.Create("correct horse battery", kibibytes: 1024, passes: 1);

        Assert.True(PasswordHash.Verify("correct horse battery", cheap));
        Assert.False(PasswordHash.Verify("correct horse batterY", cheap));
        Assert.True(PasswordHash.IsOutdated(cheap));
    }

    [Fact]
    public void Hash_that_was_tampered_with_never_matches_and_never_throws()
    {
        const string password = "correct horse battery";
        var hash = PasswordHash.Create(password);
        Gen.Select(Gen.Int[0, hash.Length - 1], Gen.Char.AlphaNumeric).Sample(
            (at, replacement) =>
            {
                var changed = $"{hash[..at]}{replacement}{hash[(at + 1)..]}";
                return changed == hash || IsExpensive(changed) || !PasswordHash.Verify(password, changed);
            },
            iter: 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$")]
    [InlineData("$argon2id$v=19$m=99999999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Text_of_another_format_matches_nothing(string stored)
    {
        Assert.False(PasswordHash.Verify("", stored));
        Assert.True(PasswordHash.IsOutdated(stored));
    }

    // A greater cost that stands in the text is honoured; here it would only make the test slow.
    private static bool IsExpensive(string hash) => hash.Split('$')[3] is var cost && cost != "m=19456,t=2,p=1";
}
