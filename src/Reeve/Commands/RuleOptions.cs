using System.CommandLine;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Commands;

/// <summary>The options <c>--rules</c> and <c>--lists</c> of several commands.</summary>
internal static class RuleOptions
{
    /// <summary>Which rules to run; those that come with Reeve where it is left out.</summary>
    public static Option<string[]> Create() => new("--rules")
    {
        Description = "A rule file or folder, Sigma's or Falco's, in place of the rules that come with Reeve; can be given again.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The lists that rules name as placeholders.</summary>
    public static Option<string[]> CreateLists() => new("--lists")
    {
        Description = "A YAML file of lists that rules name as placeholders, like 'admins: [alice, bob]' for %admins%; can be given again.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Reads rules; what is wrong with one goes to stderr, a line each, and the others run.</summary>
    public static RuleSet Load(string[]? paths, string[]? lists)
    {
        var options = Sigma(lists);
        var reading = paths is { Length: > 0 } ? RuleLoader.Load(paths, options) : RuleLoader.Read(ShippedRules.Files, options);
        foreach (var problem in reading.Problems.Where(problem => problem.IsError))
            Console.Error.WriteLine($"reeve: {problem}");
        if (reading.Rules is { Detections.IsEmpty: true, Correlations.IsEmpty: true })
            throw new CommandFailedException(ExitCode.WrongUsage, "there is no rule that can run");
        return reading.Rules;
    }

    /// <summary>What Sigma rules leave to their user. Without a list that was meant rules would find too much or nothing, so that none may be wrong.</summary>
    public static SigmaOptions Sigma(string[]? lists)
    {
        var read = RuleLists.Load(lists ?? []);
        foreach (var problem in read.Problems.SkipLast(1))
            Console.Error.WriteLine($"reeve: {problem}");
        return read.Problems.IsEmpty ? SigmaOptions.Of(read) : throw new CommandFailedException(ExitCode.WrongUsage, read.Problems[^1].ToString());
    }
}
