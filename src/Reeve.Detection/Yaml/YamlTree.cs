using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Reeve.Detection.Yaml;

/// <summary>Reads YAML into trees: what people wrote, with the place of everything.</summary>
public sealed class YamlTree
{
    private const int MaxDepth = 32;

    // Aliases of aliases of aliases would make a small text a tree without end.
    private const int MostRepeated = 100_000;
    private const long MostRepeatedCharacters = 4L << 20;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (YamlNode Node, int Size, long Characters)>? _anchors;
    private int _size;
    private long _characters;

    private YamlTree(string text, bool hasAliases = false)
    {
        _parser = new Parser(new StringReader(text));
        _anchors = hasAliases ? [] : null;
    }

    /// <summary>The root of the only document; null for an empty file.</summary>
    /// <exception cref="YamlException">It is no YAML, has aliases or several documents, or nests deeper than 32 blocks.</exception>
    public static YamlNode? Parse(string text) => Only(text, hasAliases: false);

    /// <summary>The same, where an alias stands for what its anchor marks, with the place of that.</summary>
    /// <exception cref="YamlException">It is no YAML, has several documents, nests deeper than 32 blocks, or repeats too much.</exception>
    public static YamlNode? ParseWithAliases(string text) => Only(text, hasAliases: true);

    private static YamlNode? Only(string text, bool hasAliases)
    {
        ArgumentNullException.ThrowIfNull(text);
        var documents = new YamlTree(text, hasAliases).Read(most: 2, isSingle: true);
        return documents.Count == 0 ? null : documents[0];
    }

    /// <summary>The roots of all documents.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="most">Where to stop reading.</param>
    /// <exception cref="YamlException">It is no YAML, has aliases, or nests deeper than 32 blocks.</exception>
    public static IReadOnlyList<YamlNode> ParseAll(string text, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new YamlTree(text).Read(most, isSingle: false);
    }

    /// <summary>Whether the first document is a list, as far as its beginning tells; false for what is no YAML there.</summary>
    public static bool BeginsWithList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) && parser.Accept<SequenceStart>(out _);
        }
        catch (Exception failure) when (failure is YamlException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private List<YamlNode> Read(int most, bool isSingle)
    {
        try
        {
            return Documents(most, isSingle);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // The library checks tags in constructors, which know no place.
            var place = _parser.Current?.End ?? new Mark(0, 1, 1);
            throw new YamlException(place, place, failure.Message, failure);
        }
    }

    private List<YamlNode> Documents(int most, bool isSingle)
    {
        var documents = new List<YamlNode>();
        _parser.Consume<StreamStart>();
        while (documents.Count < most && !_parser.TryConsume<StreamEnd>(out _))
        {
            var start = _parser.Consume<DocumentStart>();
            if (isSingle && documents.Count > 0)
                throw new YamlException(start.Start, start.End, "a second document begins here; one is all there may be");
            documents.Add(Node(0));
            _parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "the blocks are nested too deep");
        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        var (before, charactersBefore) = (_size++, _characters);
        var node = _parser.TryConsume<Scalar>(out var scalar) ? Leaf(scalar)
            : _parser.TryConsume<SequenceStart>(out var sequence) ? Sequence(sequence, depth)
            : _parser.TryConsume<MappingStart>(out var mapping) ? Mapping(mapping, depth)
            : Repeated(_parser.Consume<AnchorAlias>());
        if (!anchor.IsEmpty)
            _anchors?[anchor] = (node, _size - before, _characters - charactersBefore);
        return node;
    }

    private YamlNode Repeated(AnchorAlias alias)
    {
        if (_anchors is null)
            throw new YamlException(alias.Start, alias.End, "aliases are not supported; repeat the value");
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
            throw new YamlException(alias.Start, alias.End, $"no anchor &{alias.Value} stands before this alias");
        _size += anchored.Size;
        _characters += anchored.Characters;
        return _size <= MostRepeated && _characters <= MostRepeatedCharacters ? anchored.Node : throw new YamlException(alias.Start, alias.End, "aliases repeat too much; repeat the values instead");
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

    private YamlScalar Leaf(Scalar scalar)
    {
        _characters += scalar.Value.Length;
        return new(Line(scalar), Column(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
