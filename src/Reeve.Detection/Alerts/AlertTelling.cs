namespace Reeve.Detection.Alerts;

/// <summary>How to make an alert's sentence when somebody reads it, and of what. Immutable.</summary>
/// <param name="Make">Makes it.</param>
/// <param name="Facts">What it needs to know besides the alert.</param>
internal readonly record struct AlertTelling(Func<Alert, object?, string> Make, object? Facts)
{
    /// <summary>The sentence.</summary>
    public string Of(Alert alert) => Make(alert, Facts);
}
