using Reeve.Detection.Rules;

namespace Reeve.Detection.Policy.Reading;

/// <summary>Where the parts of a policy stand in its file.</summary>
internal static class PolicyPlaces
{
    /// <summary>Where a path stands; of what stands nowhere, where that stands which holds it.</summary>
    public static RulePlace Nearest(this IReadOnlyDictionary<string, RulePlace> places, string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (places.TryGetValue(at, out var place))
                return place;
        }

        return places.GetValueOrDefault("");
    }
}
