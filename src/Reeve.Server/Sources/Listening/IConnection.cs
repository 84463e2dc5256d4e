namespace Reeve.Server.Sources.Listening;

/// <summary>Reads what one sender sends, until it ends or the source does. Runs once.</summary>
internal interface IConnection
{
    /// <summary>Reads to the end.</summary>
    /// <param name="stop">How it is told to end.</param>
    Task RunAsync(ListeningStop stop);
}
