namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// The members of one JSON object that are whole, and the value that breaks off if the object is cut. Only the first
/// <see cref="Most"/> count, so that a hostile object takes no memory to speak of.
/// </summary>
internal sealed class JsonMembers
{
    private const int Most = 1024;

    private readonly List<JsonMember> _members = [];

    private JsonMembers()
    {
    }

    /// <summary>Of what is no object.</summary>
    public static JsonMembers None { get; } = new();

    /// <summary>In their order.</summary>
    public IReadOnlyList<JsonMember> All => _members;

    /// <summary>The last member of a name; one without a value where there is none.</summary>
    public JsonMember this[string name]
    {
        get
        {
            for (var i = _members.Count - 1; i >= 0; i--)
            {
                if (_members[i].Name == name)
                    return _members[i];
            }

            return default;
        }
    }

    /// <summary>Whether there is a member of a name.</summary>
    public bool Has(string name) => this[name].Exists;

    /// <summary>Reads an object; bytes that begin otherwise have no members.</summary>
    public static JsonMembers Of(ReadOnlyMemory<byte> json)
    {
        if (json.Span is not [(byte)'{', ..])
            return None;
        var members = new JsonMembers();
        var scanner = new JsonScanner(json.Span);
        scanner.Read();
        while (members._members.Count < Most && scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var name = Name(scanner.Text, scanner.Escaped);
            var from = scanner.End;
            if (!scanner.Read())
            {
                members.AddCut(name, json, from);
                break;
            }

            var (token, start) = (scanner.Token, scanner.Start);
            var isWhole = scanner.Skip();
            members._members.Add(new(name, token, isWhole ? json[start..scanner.End] : json[start..], !isWhole));
            if (!isWhole)
                break;
        }

        return members;
    }

    // A string is worth having without its end: it may hold an event. A number may have been longer.
    private void AddCut(string name, ReadOnlyMemory<byte> json, int from)
    {
        var at = RecordText.SkipSpace(json.Span, from);
        if (at < json.Length && json.Span[at] == '"')
            _members.Add(new(name, JsonToken.String, json[at..], true));
    }

    private static string Name(ReadOnlySpan<byte> text, bool isEscaped)
    {
        if (!isEscaped)
            return System.Text.Encoding.UTF8.GetString(text);
        var unescaped = new byte[text.Length];
        return System.Text.Encoding.UTF8.GetString(unescaped.AsSpan(0, JsonText.Unescape(text, unescaped)));
    }
}
