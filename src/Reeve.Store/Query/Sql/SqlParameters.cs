using System.Text;

namespace Reeve.Store.Query.Sql;

/// <summary>The values of a query, which travel beside its text and never in it.</summary>
internal sealed class SqlParameters
{
    private readonly Dictionary<string, object> _values = [];

    /// <summary>By parameter name.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    // The embedded store takes its parameters as C strings, which a NUL would end.
    public string Add(string text) =>
        text.Contains('\0') ? $"unhex({Add(Convert.ToHexString(Encoding.UTF8.GetBytes(text)), "String")})" : Add(text, "String");

    public string Add(ulong number) => Add(number, "UInt64");

    public string Add(long number) => Add(number, "Int64");

    public string Add(double number) => Add(number, "Float64");

    public string Add(string[] texts) => Add(texts, "Array(String)");

    /// <summary>A time as an expression of type <c>DateTime64(6)</c>.</summary>
    public string Add(DateTime utc) => $"fromUnixTimestamp64Micro({Add((utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)}, 'UTC')";

    private string Add(object value, string type)
    {
        var name = $"p{_values.Count}";
        _values.Add(name, value);
        return $"{{{name}:{type}}}";
    }
}
