using Reeve.Server.Configuration;

namespace Reeve.Server.Tests.Configuration;

public sealed class ConfigurationErrorTests
{
    private const string Arrow = "⇶";

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Configuration", "errors.cases")))
        {
            if (line.Split(Arrow) is [var yaml, var errors] && !line.StartsWith("# One case", StringComparison.Ordinal))
                cases.Add(yaml.TrimEnd(' ').Replace('|', '\n'), errors.Trim());
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_error_is_reported_where_it_stands(string yaml, string expected)
    {
        var errors = Errors(yaml);

        // What the YAML library itself says is not ours to promise; where it says it is.
        if (expected.EndsWith("this is not YAML", StringComparison.Ordinal))
            Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        else
            Assert.Equal(expected, errors);
    }

    [Fact]
    public void Error_is_written_in_the_form_editors_jump_to()
    {
        var failure = Assert.Throws<ConfigurationException>(() => Parse("data: x\ndtaa: y"));

        Assert.Equal("conf/reeve.yaml:2:1: unknown key 'dtaa'; did you mean 'data'?", failure.Message);
    }

    [Fact]
    public void File_that_is_not_there_is_named()
    {
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load("/no/such/reeve.yaml"));

        Assert.StartsWith("/no/such/reeve.yaml: the file cannot be read", failure.Message, StringComparison.Ordinal);
    }

    private static string Errors(string yaml)
    {
        try
        {
            Parse(yaml);
            return "";
        }
        catch (ConfigurationException failure)
        {
            Assert.All(failure.Errors, error => Assert.Equal("conf/reeve.yaml", error.Where));
            return string.Join("; ", failure.Errors.Select(error => $"{error.Line}:{error.Column} {error.Message}"));
        }
    }

    private static ReeveConfiguration Parse(string yaml) =>
        ConfigurationLoader.Parse("conf/reeve.yaml", yaml, new Dictionary<string, string>(StringComparer.Ordinal), "/work");
}
