namespace Reeve.Server.Ui.Words;

/// <summary>HTTP status codes as the table shows them: colour and word, never colour alone.</summary>
internal static class StatusWords
{
    /// <summary>The style and the word of a code; 0 is none yet.</summary>
    public static (string Style, string Word) Of(int code) => code switch
    {
        0 => ("quiet", "no answer"),
        101 => ("good", "session"),
        200 => ("good", "OK"),
        201 => ("good", "created"),
        202 => ("good", "accepted"),
        < 400 => ("good", "OK"),
        401 => ("bad", "no login"),
        403 => ("bad", "denied"),
        404 => ("warn", "not found"),
        409 => ("warn", "conflict"),
        410 => ("warn", "gone"),
        422 => ("warn", "invalid"),
        429 => ("warn", "throttled"),
        < 500 => ("warn", "failed"),
        _ => ("bad", "server error"),
    };
}
