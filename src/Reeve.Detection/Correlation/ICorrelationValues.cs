using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>The values of what a correlation counts.</summary>
internal interface ICorrelationValues
{
    /// <summary>Adds the values of a field, of what a rule found.</summary>
    void Read(CorrelationField field, string ruleId, ICollection<string> values);
}

/// <summary>Those of an event; each field is read once for all correlations.</summary>
internal sealed class EventValues(IFieldValues values) : ICorrelationValues
{
    private readonly List<(Field Field, List<string> Values)> _read = [];

    /// <inheritdoc/>
    public void Read(CorrelationField field, string ruleId, ICollection<string> found)
    {
        if (field.For(ruleId) is not { } own)
            return;
        foreach (var value in Of(own))
            found.Add(value);
    }

    // Few fields, and always the same objects.
    private List<string> Of(Field field)
    {
        foreach (var (known, found) in _read)
        {
            if (ReferenceEquals(known, field))
                return found;
        }

        var own = new List<string>(1);
        values.Read(field, own);
        _read.Add((field, own));
        return own;
    }
}

/// <summary>Those of a correlation that fired: of its group fields, by their names and aliases, or by what an alias stands for.</summary>
internal sealed class FiringValues(CorrelationFiring firing) : ICorrelationValues
{
    /// <inheritdoc/>
    public void Read(CorrelationField field, string ruleId, ICollection<string> found)
    {
        if (!TryAdd(field.Name, found) && field.For(ruleId) is { } own)
            TryAdd($"{own}", found);
    }

    private bool TryAdd(string name, ICollection<string> found)
    {
        foreach (var (own, value) in firing.Group)
        {
            if (own != name)
                continue;
            found.Add(value);
            return true;
        }

        return false;
    }
}
