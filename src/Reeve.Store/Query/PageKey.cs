using System.Globalization;

namespace Reeve.Store.Query;

/// <summary>The place after a row: time, server and sequence order all rows without ties.</summary>
internal readonly record struct PageKey(DateTime Time, EventId Id)
{
    public static PageKey Of(StoredEvent row) => new(row.Time, row.Id);

    public static bool TryParse(string text, out PageKey key)
    {
        key = default;
        var parts = text.Split('~', 2);
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            || micros > (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            || !EventId.TryParse(parts[1], out var id))
        {
            return false;
        }

        key = new PageKey(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), id);
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}~{Id}");
}
