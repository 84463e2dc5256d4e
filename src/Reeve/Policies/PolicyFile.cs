using Reeve.Audit.Policy;
using Reeve.Commands;
using Reeve.Detection.Policy.Reading;
using Reeve.Scanning;

namespace Reeve.Policies;

/// <summary>Audit policies that a command line names.</summary>
internal static class PolicyFile
{
    /// <summary>Reads a file, or standard input for <c>-</c>, whatever is wrong in it.</summary>
    /// <exception cref="CommandFailedException">There is no such file, or it is larger than any policy.</exception>
    public static PolicyReading Read(string path)
    {
        if (path == LogReading.StandardInput)
            return PolicyReader.Read(path, Text(Console.In, path));
        if (!File.Exists(path))
            throw new CommandFailedException(ExitCode.WrongUsage, $"{path}: there is no such file");
        using var reader = new StreamReader(path);
        return PolicyReader.Read(path, Text(reader, path));
    }

    /// <summary>Reads one that the apiserver takes; its errors go to stderr, a line each, and end the command.</summary>
    public static AuditPolicy Load(string path)
    {
        var reading = Read(path);
        var errors = reading.Errors.ToList();
        foreach (var error in errors.SkipLast(1))
            Console.Error.WriteLine($"reeve: {error}");
        return reading.Policy ?? throw new CommandFailedException(ExitCode.WrongUsage, errors[^1].ToString());
    }

    private static string Text(TextReader reader, string path)
    {
        // One character more than there may be, by which too much is known.
        var buffer = new char[PolicyReader.Longest + 1];
        var length = reader.ReadBlock(buffer);
        return length <= PolicyReader.Longest ? new string(buffer, 0, length)
            : throw new CommandFailedException(ExitCode.WrongUsage, $"{path}: it is longer than {PolicyReader.Longest:N0} characters; no audit policy is");
    }
}
