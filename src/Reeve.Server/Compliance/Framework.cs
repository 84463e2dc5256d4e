using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Server.Compliance;

/// <summary>A catalogue of controls that somebody asks for: a law, a standard, a guide. Immutable.</summary>
/// <param name="Id">What it is called in commands and file names, like <c>pci-dss-4</c>; unique.</param>
/// <param name="Title">Its name.</param>
/// <param name="Version">Which edition of it.</param>
/// <param name="Controls">Those of its controls that a log of Kubernetes has something to say to, in its order.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Framework(string Id, string Title, string Version, ImmutableArray<Control> Controls, RulePlace Place);
