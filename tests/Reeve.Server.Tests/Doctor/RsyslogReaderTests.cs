using System.Text;
using Reeve.Server.Doctor.Rsyslog;

namespace Reeve.Server.Tests.Doctor;

public sealed class RsyslogReaderTests
{
    private const string Whole = "$ModLoad imfile\n$InputFileName /a # log\nglobal(maxMessageSize=\"2m\")\ninput(type=\"imfile\" File=\"/a\")\n/* no\n */ruleset(name=\"r\") {\n  action(type=\"omfwd\" target=\"h\" port=\"1\") }\nif $programname == 'a' then @@(o)10.0.0.5:514\n";

    [Fact]
    public void Whatever_the_text_it_is_read_and_lines_are_those_of_the_file()
    {
        var mutator = new Mutator(5, [Encoding.UTF8.GetBytes(Whole)]);
        for (var count = 0; count < 5_000; count++)
        {
            var text = Encoding.UTF8.GetString(mutator.Next(2_000));
            var lines = text.Split('\n').Length;
            Assert.All(RsyslogReader.Read(text), statement => Assert.InRange(statement.Line, 1, lines));
        }
    }

    [Theory]
    [InlineData("action(")]
    [InlineData("input(type=\"imfile\" ")]
    [InlineData("ruleset(name=\"r\") { ")]
    [InlineData("/* ")]
    [InlineData("\"")]
    [InlineData("if $a then @@")]
    [InlineData("$A")]
    [InlineData("global(a=\"\\")]
    public void Nonsense_as_long_as_any_file_that_is_read_ends(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));

        Assert.NotNull(RsyslogReader.Read(text));
        Assert.NotNull(RsyslogReader.Read(string.Concat(Enumerable.Repeat(piece + "\n", (1 << 20) / (piece.Length + 1)))));
    }
}
