using System.Collections.Frozen;
using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// The rule by which a name says that its value is a secret. A name is split into words at <c>_ - . /</c> and where a
/// capital follows a small letter. Variables, options and parameters are known by any telling word, members of objects
/// only by telling ends, for a member called <c>secret</c> usually names one. What a name ends in may take it back:
/// <c>TOKEN_PATH</c>, <c>secretName</c>.
/// </summary>
internal static class SecretNames
{
    private const int Longest = 128;

    /// <summary>Words that tell in a variable, an option or a parameter, also at the end of a longer word.</summary>
    private static readonly byte[][] Telling = Words("password passwd passphrase passcode secret token apikey accesskey secretkey privatekey accountkey");

    /// <summary>Words that tell there only by themselves.</summary>
    private static readonly FrozenSet<string> TellingAlone = Set("pass pwd secrets tokens auth userpass credentials pgpass");

    /// <summary>Ends, put together, that tell in a member of an object.</summary>
    private static readonly byte[][] MemberEnds = Words(
        "password passwd passphrase accesstoken refreshtoken idtoken authtoken bearertoken apitoken sessiontoken securitytoken oauthtoken "
        + "tokensecret clientsecret appsecret sharedsecret webhooksecret apikey secretkey secretaccesskey privatekey accountkey accesskey encryptionkey "
        + "signingkey masterkey authkey clientkeydata dockerconfigjson dockercfg");

    /// <summary>Last words that make a name tell of something about a secret, not of the secret.</summary>
    private static readonly FrozenSet<string> Exempt = Set(
        "file files path paths dir directory folder name names ref refs url uri endpoint host port id ids ttl expiry expiration expires "
        + "seconds minutes hours days type kind version length size count limit policy rotation enabled disabled required mode format "
        + "algorithm alg issuer audience audiences store provider class mount prefix suffix header field namespace keys review request "
        + "reviews requests reviewer controller cleaner tracking selector template projection manager max min number timeout interval period source");

    /// <summary>Words with which a key is none that opens anything.</summary>
    private static readonly FrozenSet<string> HarmlessKeys = Set("public partition primary foreign sort routing topology map cache row host known label annotation registry index dns");

    /// <summary>Whether a variable, a command's option or a URL's parameter of that name holds a secret.</summary>
    public static bool IsVariable(ReadOnlySpan<byte> name) => NameVerdict.Of(name).IsVariable;

    /// <summary>Whether a URL's parameter of that name opens what the URL leads to.</summary>
    public static bool IsSignature(ReadOnlySpan<byte> name) => AsciiText.EndsWith(name, "signature"u8) || AsciiText.EndsWith(name, "sig"u8) && name.Length == 3;

    /// <summary>Whether a member of an object of that name, in JSON or YAML, holds a secret.</summary>
    public static bool IsMember(ReadOnlySpan<byte> name) => NameVerdict.Of(name).IsMember;

    /// <summary>The rule for variables, applied.</summary>
    internal static bool JudgeVariable(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > Longest)
            return false;
        if (name.SequenceEqual("KEY"u8))
            return true;
        var (tells, harmless, words) = (false, false, 0);
        Span<char> word = stackalloc char[Longest];
        scoped ReadOnlySpan<char> last = default;
        for (var at = 0; NextWord(name, ref at, word, out var length);)
        {
            last = word[..length];
            words++;
            harmless |= Has(HarmlessKeys, last);
            tells |= EndsIn(Telling, last) || (Has(TellingAlone, last) && !(last.SequenceEqual("pwd") && words == 1 && at >= name.Length));
        }

        tells |= !harmless && (AsciiText.EndsWith(name, "_key"u8) || AsciiText.EndsWith(name, "-key"u8));
        return (tells && !Has(Exempt, last) && !AsciiText.EndsWith(name, "cert-hash"u8)) || JudgeMember(name);
    }

    /// <summary>The rule for members, applied.</summary>
    internal static bool JudgeMember(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > Longest)
            return false;
        Span<char> joined = stackalloc char[Longest];
        Span<char> word = stackalloc char[Longest];
        var written = 0;
        for (var at = 0; NextWord(name, ref at, word, out var length); written += length)
            word[..length].CopyTo(joined[written..]);
        return EndsIn(MemberEnds, joined[..written]);
    }

    private static bool NextWord(ReadOnlySpan<byte> name, ref int at, Span<char> word, out int length)
    {
        length = 0;
        while (at < name.Length && !char.IsAsciiLetterOrDigit((char)name[at]))
            at++;
        for (; at < name.Length && char.IsAsciiLetterOrDigit((char)name[at]); at++)
        {
            if (length > 0 && char.IsAsciiLetterUpper((char)name[at]) && !char.IsAsciiLetterUpper((char)name[at - 1]))
                break;
            word[length++] = char.ToLowerInvariant((char)name[at]);
        }

        return length > 0;
    }

    private static bool EndsIn(byte[][] words, ReadOnlySpan<char> text)
    {
        foreach (var word in words)
        {
            if (text.Length >= word.Length && Ascii.Equals(word, text[^word.Length..]))
                return true;
        }

        return false;
    }

    private static bool Has(FrozenSet<string> words, ReadOnlySpan<char> word) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static byte[][] Words(string words) => [.. words.Split(' ').Select(Encoding.ASCII.GetBytes)];

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
