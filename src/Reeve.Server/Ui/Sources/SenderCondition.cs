namespace Reeve.Server.Ui.Sources;

/// <summary>How a sender or source is; the worst last.</summary>
public enum SenderCondition
{
    /// <summary>Events come and nothing is wrong.</summary>
    Fine,

    /// <summary>Nothing came for some minutes: most apiservers never are that quiet.</summary>
    Quiet,

    /// <summary>Something went wrong with it lately.</summary>
    Trouble,

    /// <summary>Its source does not run.</summary>
    Failed,
}
