namespace Reeve.Audit.Sentences;

/// <summary>The program behind a user agent. The client writes it as it likes: it is a hint, never proof.</summary>
public static class ToolName
{
    /// <summary>The first product with its version: <c>kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0</c> → kubectl v1.33.1.</summary>
    public static string Of(string agent)
    {
        var trimmed = agent.AsSpan().Trim();
        var end = trimmed.IndexOfAny(' ', '(');
        var product = end < 0 ? trimmed : trimmed[..end];
        var slash = product.IndexOf('/');
        return Printable.Text(slash <= 0 ? product.ToString() : $"{product[..slash]} {product[(slash + 1)..]}".TrimEnd());
    }
}
