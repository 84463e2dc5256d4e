using System.Text.RegularExpressions;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// The UTF-16 code units that one atom of a pattern stands for, as .NET reads it; each is asked once and remembered. Thread-safe:
/// a race asks twice and hears the same.
/// </summary>
internal sealed class CharacterSet
{
    private const int PageSize = 256;
    private const byte No = 1;
    private const byte Yes = 2;

    private readonly Regex _regex;
    private readonly byte[]?[] _pages = new byte[(char.MaxValue + 1) / PageSize][];

    /// <param name="atom">The atom: a character, a class, an escape or the dot.</param>
    /// <param name="flags">What the flags say of the case and of the dot.</param>
    public CharacterSet(string atom, RegexOptions flags) =>
        _regex = new Regex($@"\A{atom}\z", flags | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    /// <summary>Whether the character is one of it.</summary>
    public bool Contains(char c)
    {
        var page = _pages[c / PageSize] ??= new byte[PageSize];
        ref var known = ref page[c % PageSize];
        if (known == 0)
            known = _regex.IsMatch([c]) ? Yes : No;
        return known == Yes;
    }
}
