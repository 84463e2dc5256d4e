namespace Reeve.Detection.Sigma;

/// <summary>How large what strangers write may become, so that no file of a few megabytes takes gigabytes or minutes.</summary>
internal static class SigmaLimits
{
    /// <summary>The most detections of a rule.</summary>
    public const int Detections = 1000;

    /// <summary>The most values a rule compares with, counted as often as its condition refers to them.</summary>
    public const int Values = 100_000;

    /// <summary>The most keys and values of all rules of a file, those of <c>action: global</c> counted in each.</summary>
    public const int Nodes = 2_000_000;

    /// <summary>The most filters.</summary>
    public const int Filters = 1000;

    /// <summary>How often filters are put to rules at most, all in all.</summary>
    public const int FilterUses = 1_000_000;

    /// <summary>The most words of a temporal correlation's condition.</summary>
    public const int ExpressionWords = 1000;
}
