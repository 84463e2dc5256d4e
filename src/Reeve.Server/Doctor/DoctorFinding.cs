namespace Reeve.Server.Doctor;

/// <summary>Something in the files of an audit chain that loses events, shows secrets or does not do what it says. Immutable.</summary>
/// <param name="Remark">What it is, and what happens because of it.</param>
/// <param name="File">The file as it was given; <c>server</c> for a live one.</param>
/// <param name="Line">1-based; 0 for the file as a whole.</param>
/// <param name="Message">What was found there, in one line.</param>
/// <param name="Mended">The text that should stand there; empty where there is none to copy.</param>
public sealed record DoctorFinding(DoctorRemark Remark, string File, int Line, string Message, string Mended = "")
{
    /// <summary>Where it is.</summary>
    public string Place => Line == 0 ? File : $"{File}:{Line}";
}
