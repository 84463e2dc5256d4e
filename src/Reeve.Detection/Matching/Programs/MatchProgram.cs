using Reeve.Detection.Matching.Nodes;

namespace Reeve.Detection.Matching.Programs;

/// <summary>
/// What is left to ask of an event whose recurring values are of certain classes: the rules that may still match, with what
/// is left of their conditions. Immutable.
/// </summary>
internal sealed class MatchProgram(IEnumerable<(int Rule, Node Node)> rest)
{
    private readonly (int Rule, Node Node)[] _rest = [.. rest];

    /// <summary>Adds the rules that match, in their order.</summary>
    public void Run(MatchSession session, List<int> matched)
    {
        foreach (var (rule, node) in _rest)
        {
            if (node.Holds(session))
                matched.Add(rule);
        }
    }
}
