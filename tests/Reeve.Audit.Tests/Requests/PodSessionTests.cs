using System.Text;
using CsCheck;
using Reeve.Audit.Requests;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Requests;

public sealed class PodSessionTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Requests", "sessions.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_uri_says_what_a_session_asks_for(string request, string expected)
    {
        var space = request.IndexOf(' ');
        Assert.Equal(expected, Of(request[..space] is "-" ? "" : request[..space], request[(space + 1)..]));
    }

    [Fact]
    public void Any_arguments_are_read_as_they_were_encoded() =>
        Gen.Select(Gen.String.Where(IsText).Array[1, 5], Gen.Bool).Sample((arguments, plus) =>
        {
            var query = string.Join('&', arguments.Select(argument => "command=" + (plus ? Uri.EscapeDataString(argument).Replace("%20", "+") : Uri.EscapeDataString(argument))));
            return Command(Encoding.UTF8.GetBytes("/x/exec?container=c&" + query)) == string.Join(' ', arguments);
        });

    [Fact]
    public void Whatever_the_bytes_a_session_is_read_within_the_length_of_its_uri() =>
        Gen.Select(Gen.Byte.Array[0, 60], Pick.From("/exec?command=", "/exec?", "/proxy/run/?cmd=", "?", "")).Sample((bytes, lead) =>
        {
            byte[] uri = [.. Encoding.UTF8.GetBytes(lead), .. bytes];
            if (PodSession.TryParse(uri, "exec"u8, out var session))
                _ = (session.HasStdin, session.HasTty, session.WriteCommand(new byte[uri.Length]), session.WriteContainer(new byte[uri.Length]));
        });

    [Fact]
    public void Reading_a_session_does_not_allocate()
    {
        var uri = "/api/v1/namespaces/shop/pods/cart/exec?comm%61nd=a+b&command=%2Fx&container=c&tty=true"u8.ToArray();
        var into = new byte[uri.Length];

        Assert.Equal(0, Allocations.Of(() =>
        {
            _ = PodSession.TryParse(uri, "exec"u8, out var session);
            _ = session.WriteCommand(into) + session.WriteContainer(into);
            _ = session.HasTty;
        }));
    }

    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Command(byte[] uri)
    {
        var into = new byte[uri.Length];
        return PodSession.TryParse(uri, "exec"u8, out var session) ? Encoding.UTF8.GetString(into, 0, session.WriteCommand(into)) : "";
    }

    private static string Of(string subresource, string text)
    {
        var uri = Encoding.UTF8.GetBytes(text);
        if (!PodSession.TryParse(uri, Encoding.UTF8.GetBytes(subresource), out var session))
            return "none";
        var into = new byte[uri.Length];
        var command = Encoding.UTF8.GetString(into, 0, session.WriteCommand(into));
        var container = Encoding.UTF8.GetString(into, 0, session.WriteContainer(into));
        return $"{command} | {container} | {(session.HasStdin ? "stdin" : "")} {(session.HasTty ? "tty" : "")}"
            .Replace("|  tty", "| tty", StringComparison.Ordinal).Trim();
    }
}
