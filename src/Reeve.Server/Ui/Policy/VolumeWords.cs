using System.Globalization;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Detection.Policy.Changes;

namespace Reeve.Server.Ui.Policy;

/// <summary>How much, for people.</summary>
internal static class VolumeWords
{
    /// <summary>Bytes: 12.3 MB.</summary>
    public static string Bytes(double bytes) => Math.Abs(bytes) switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:N1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N2} GB"),
    };

    /// <summary>A number of events.</summary>
    public static string Events(double events) => events.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Both, of a day.</summary>
    public static string Daily(Volume volume, double timesADay)
    {
        var daily = volume * timesADay;
        return $"{Events(daily.Events)} events and {Bytes(daily.Bytes)} a day";
    }

    /// <summary>Both, of a day, as more or less.</summary>
    public static string More(Volume volume, double timesADay)
    {
        var daily = volume * timesADay;
        return $"{Signed(daily.Events, Events)} events, {Signed(daily.Bytes, Bytes)} a day";
    }

    /// <summary>What a change of a policy costs.</summary>
    public static string Cost(ChangePrice price, double timesADay) => price switch
    {
        { Basis: PriceBasis.Unknown } => "cost not known, as the traffic has none of these requests",
        { Basis: PriceBasis.AtLeast } => $"at least {More(price.Volume, timesADay)}, as the traffic lacks the bodies",
        _ => price.Volume * timesADay is { Bytes: < 1 and > -1 } ? "costs nothing in this traffic" : More(price.Volume, timesADay),
    };

    /// <summary>A share of 0 to 1: 12 %.</summary>
    public static string Share(double share) => share is > 0 and < 0.005 ? "< 1 %" : share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Signed(double number, Func<double, string> words) => number switch
    {
        >= 0.5 => "+" + words(number),
        <= -0.5 => "−" + words(-number),
        _ => "±" + words(0),
    };
}
