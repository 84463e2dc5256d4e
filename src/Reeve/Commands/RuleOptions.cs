using System.CommandLine;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Commands;

/// <summary>The option <c>--rules</c> of several commands.</summary>
internal static class RuleOptions
{
    /// <summary>Which rules to run; those that come with Reeve where it is left out.</summary>
    public static Option<string[]> Create() => new("--rules")
    {
        Description = "A rule file or folder, Sigma's or Falco's, in place of the rules that come with Reeve; can be given again.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Reads them; what is wrong with a rule goes to stderr, a line each, and the others run.</summary>
    public static RuleSet Load(string[]? paths)
    {
        var reading = Read(paths);
        foreach (var problem in reading.Problems.Where(problem => problem.IsError))
            Console.Error.WriteLine($"reeve: {problem}");
        if (reading.Rules is { Detections.IsEmpty: true, Correlations.IsEmpty: true })
            throw new CommandFailedException(ExitCode.WrongUsage, "there is no rule that can run");
        return reading.Rules;
    }

    /// <summary>Reads them with everything that is to be said.</summary>
    public static RuleReading Read(string[]? paths) =>
        paths is { Length: > 0 } ? RuleLoader.Load(paths, new SigmaOptions()) : RuleLoader.Read(ShippedRules.Files, new SigmaOptions());
}
