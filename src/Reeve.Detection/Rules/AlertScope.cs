namespace Reeve.Detection.Rules;

/// <summary>What is the same in all events of one alert of a rule: Reeve's own key <c>alert-per</c>.</summary>
public enum AlertScope : byte
{
    /// <summary>Who did it and what to.</summary>
    ActorAndObject,

    /// <summary>Who did it, whatever to: for what comes in numbers.</summary>
    Actor,
}
