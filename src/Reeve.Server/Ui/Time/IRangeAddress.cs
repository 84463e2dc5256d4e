namespace Reeve.Server.Ui.Time;

/// <summary>The address of a page that shows a time range, so that one time picker serves all of them.</summary>
public interface IRangeAddress
{
    /// <summary>The time range.</summary>
    TimeSelection Time { get; }

    /// <summary>Times in the browser's zone instead of UTC.</summary>
    bool LocalTime { get; }

    /// <summary>The same page over another range.</summary>
    string With(TimeSelection time);

    /// <summary>The same page with times in the browser's zone, or in UTC.</summary>
    string With(bool localTime);
}
