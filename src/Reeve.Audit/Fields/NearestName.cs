namespace Reeve.Audit.Fields;

/// <summary>Finds the name somebody meant.</summary>
public static class NearestName
{
    /// <summary>The closest of <paramref name="names"/>; null when none is close.</summary>
    public static string? Find(string written, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(written);
        var allowed = Math.Max(1, written.Length / 3);
        return names
            .Select(name => (Name: name, Distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    // How many slips of the hand turn one word into another: a character typed, left out, changed, or swapped with the next (optimal string alignment).
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 32)
            return int.MaxValue;
        var cells = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cells[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cells[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                cells[i, j] = Math.Min(Math.Min(cells[i - 1, j] + 1, cells[i, j - 1] + 1), cells[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cells[i, j] = Math.Min(cells[i, j], cells[i - 2, j - 2] + 1);
            }
        }

        return cells[left.Length, right.Length];
    }
}
