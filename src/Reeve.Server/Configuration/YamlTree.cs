using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Reeve.Server.Configuration;

/// <summary>A node of a YAML file and where it stands. Unlike the library's own tree it keeps duplicate keys, so that each can be reported.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
internal abstract record YamlNode(int Line, int Column);

/// <summary>A single value.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column)
{
    /// <summary>YAML 1.2 §10.3.2: nothing, <c>~</c> and <c>null</c> without quotes.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>Keys with values, in the order of the file.</summary>
internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column);

/// <summary>Reads one YAML document into a tree.</summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 32;

    private readonly Parser _parser;

    private YamlTree(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>The document's root; null for an empty file.</summary>
    /// <exception cref="YamlException">It is no YAML, has aliases or several documents, or nests too deep.</exception>
    public static YamlNode? Parse(string text)
    {
        var tree = new YamlTree(text);
        try
        {
            return tree.Document();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // The library checks tags in constructors, which know no place.
            var place = tree._parser.Current?.End ?? new Mark(0, 1, 1);
            throw new YamlException(place, place, failure.Message, failure);
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "a second document begins here; one is all there may be");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "the blocks are nested too deep");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Leaf(scalar);
        if (_parser.TryConsume<SequenceStart>(out var sequence))
            return Sequence(sequence, depth);
        if (_parser.TryConsume<MappingStart>(out var mapping))
            return Mapping(mapping, depth);
        throw new YamlException(_parser.Current!.Start, _parser.Current.End, "aliases are not supported; repeat the value");
    }

    private YamlSequence Sequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlSequence(Line(start), Column(start), items);
    }

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        var entries = new List<(YamlScalar, YamlNode)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a key must be a plain word");
            entries.Add((Leaf(key), Node(depth + 1)));
        }

        return new YamlMapping(Line(start), Column(start), entries);
    }

    private static YamlScalar Leaf(Scalar scalar) => new(Line(scalar), Column(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
