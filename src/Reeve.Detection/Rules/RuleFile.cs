namespace Reeve.Detection.Rules;

/// <summary>A file of rules, or of what they use, as it was read.</summary>
/// <param name="Name">Its path, for messages.</param>
/// <param name="Text">Its text.</param>
public sealed record RuleFile(string Name, string Text)
{
    /// <summary>The most bytes of a file.</summary>
    public const int Largest = 4 << 20;

    /// <summary>Reads one; null, and a problem more, where that does not succeed.</summary>
    internal static RuleFile? Read(string path, ICollection<RuleProblem> problems)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= Largest)
                return new RuleFile(path, File.ReadAllText(path));
            problems.Add(new RuleProblem(new RulePlace(path), $"the file has {length} bytes; a rule file has {Largest} at most"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new RuleProblem(new RulePlace(path), failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file or folder" : failure.Message));
        }

        return null;
    }
}
