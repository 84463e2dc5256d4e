namespace Reeve.Server.Ui.Components;

/// <summary>A row of a <see cref="BarList"/>.</summary>
/// <param name="Label">What is counted; a row's label is its own.</param>
/// <param name="Count">How many.</param>
/// <param name="Href">Where the row leads.</param>
public sealed record BarRow(string Label, long Count, string Href);
