using System.Text;
using Reeve.Audit.Callers;

namespace Reeve.Audit.Sentences;

/// <summary>The program behind a user agent, in words. The client writes it as it likes: it is a hint, never proof.</summary>
public static class ToolName
{
    /// <summary>Name and version: <c>kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0</c> → kubectl v1.33.1.</summary>
    public static string Of(string agent)
    {
        var tool = Tool.Of(Encoding.UTF8.GetBytes(agent));
        return Printable.Text($"{Encoding.UTF8.GetString(tool.Name)} {Encoding.UTF8.GetString(tool.Version)}".TrimEnd());
    }
}
