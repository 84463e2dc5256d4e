using Reeve.Detection.Fields;

namespace Reeve.Detection.Matching;

/// <summary>The values of one event's fields.</summary>
public interface IFieldValues
{
    /// <summary>Adds the values of a field as texts, in the order of the event; none where it is absent or null.</summary>
    void Read(Field field, ICollection<string> values);
}
