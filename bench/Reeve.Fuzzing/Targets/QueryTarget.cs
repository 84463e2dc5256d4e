using System.Text;
using Reeve.Store.Query.Parsing;

namespace Reeve.Fuzzing.Targets;

/// <summary>A filter as somebody types it or puts it in an address: a tree, or an error inside the text.</summary>
internal sealed class QueryTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "query";

    /// <inheritdoc/>
    public void Take(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (!QueryParser.TryParse(text, out _, out var error) && (error.Column < 1 || error.Column > text.Length + 1))
            throw new InvalidOperationException($"an error at column {error.Column} of {text.Length}");
    }
}
