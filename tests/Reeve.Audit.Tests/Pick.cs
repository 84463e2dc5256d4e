using CsCheck;

namespace Reeve.Audit.Tests;

/// <summary>Generators of one of several values.</summary>
internal static class Pick
{
    public static Gen<T> From<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
