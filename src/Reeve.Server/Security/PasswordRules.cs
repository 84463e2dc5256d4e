using System.Text;

namespace Reeve.Server.Security;

/// <summary>
/// What a user name and a password must be (NIST SP 800-63B §3.1.1: length counts, composition rules do not help).
/// Each check answers null, or one line that says what is wrong.
/// </summary>
public static class PasswordRules
{
    /// <summary>The least number of characters of a password.</summary>
    public const int MinLength = 12;

    /// <summary>The greatest number of characters, so that nobody makes us hash megabytes.</summary>
    public const int MaxLength = 256;

    internal const int MaxNameLength = 64;

    /// <summary>Checks a password for the user <paramref name="user"/>.</summary>
    public static string? Check(string password, string user)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(user);
        if (password.Length > MaxLength)
            return $"the password has more than {MaxLength} characters";
        var runes = password.EnumerateRunes().ToArray();
        if (runes.Length < MinLength)
            return $"the password needs {MinLength} characters or more";
        if (runes.Distinct().Count() < 4)
            return "the password repeats too few characters";
        if (user.Length > 0 && WithoutName(password, user) < MinLength / 2)
            return "the password is little more than the user name";
        return null;
    }

    /// <summary>Checks a user name: letters and digits of ASCII, and <c>. _ - @</c> between them.</summary>
    public static string? CheckName(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Length is 0 or > MaxNameLength)
            return $"the user name needs 1 to {MaxNameLength} characters";
        if (!char.IsAsciiLetterOrDigit(user[0]) || !user.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@'))
            return "the user name may hold letters and digits of ASCII and . _ - @, and begins with a letter or digit";
        return null;
    }

    private static int WithoutName(string password, string user) =>
        password.Replace(user, "", StringComparison.OrdinalIgnoreCase).Length;
}
