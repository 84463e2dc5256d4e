using System.Text;
using System.Text.Json;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>Random secrets in every place a secret is known in: whole, cut anywhere, and in bytes nobody can parse.</summary>
public sealed class SecretPlacementTests
{
    private const int Piece = 8;

    private static readonly Gen<string> Secret = Gen.Char["abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"].Array[12, 40]
        .Select(letters => "q7" + new string(letters));

    private static readonly string[] Texts =
    [
        "password: S", "a: b\npassword: \"S\"\nc: d", "user:\n    token: S\n", "client-key-data: S", "DB_PASSWORD=S", "export API_KEY='S' x",
        "https://bob:S@git.example/x", "Authorization: Bearer S", "curl -H 'Authorization: Basic S' https://x", "curl -u bob:S https://x",
        "mysql -uroot -pS shop", "tool --password S --user bob", "tool --client-secret=S", "sshpass -p S ssh h", "redis-cli -a S",
        "DefaultEndpointsProtocol=https;AccountKey=S;x=y", "https://x/y?sv=1&sig=S&se=2", "https://x/y?access_token=S",
        "-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE KEY-----\n", "eyJhbGciOiJSUzI1NiJ9.S.S", "{\"auths\":{\"r\":{\"auth\":\"S\"}}}",
        "{\"kind\":\"Secret\",\"data\":{\"a\":\"S\"}}", "env:\n- name: MY_TOKEN\n  value: S\n", "{\"private_key\":\"S\"}",
    ];

    private static readonly string[] Bodies =
    [
        "{\"kind\":\"Secret\",\"data\":{\"a\":\"S\"}}", "{\"kind\":\"SecretList\",\"items\":[{\"data\":{\"a\":\"S\"}}]}",
        "{\"kind\":\"Table\",\"rows\":[{\"object\":{\"kind\":\"Secret\",\"stringData\":{\"a\":\"S\"}}}]}",
        "{\"kind\":\"TokenReview\",\"spec\":{\"token\":\"S\"}}", "{\"spec\":{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"S\"}]}}",
        "{\"spec\":{\"env\":[{\"value\":\"S\",\"name\":\"apiToken\"}]}}", "{\"spec\":{\"password\":\"S\",\"x\":1}}",
        "{\"spec\":{\"command\":[\"mysql\",\"-pS\"]}}", "{\"spec\":{\"args\":[\"--token\",\"S\"]}}", "{\"spec\":{\"command\":[\"curl\"],\"args\":[\"-u\",\"a:S\"]}}",
        "[{\"op\":\"add\",\"path\":\"/spec/containers/0/env/0/value\",\"value\":\"S\"}]", "{\"users\":[{\"user\":{\"client-key-data\":\"S\"}}]}",
    ];

    private static readonly Gen<string> Template = Gen.OneOf(
        Of(Bodies).Select(body => Event($"\"requestObject\":{body}")),
        Of(Bodies).Select(body => Event($"\"requestObject\":{{\"metadata\":{{\"annotations\":{{\"kubectl.kubernetes.io/last-applied-configuration\":{JsonSerializer.Serialize(body)}}}}}}}")),
        Of(Texts).Select(text => Event($"\"requestObject\":{{\"kind\":\"ConfigMap\",\"data\":{{\"x\":{JsonSerializer.Serialize(text)}}}}}")),
        Of(Texts).Select(text => Event($"\"annotations\":{{\"note\":{JsonSerializer.Serialize(text)}}}")),
        Of(Texts).Select(text => Event("\"verb\":\"get\"", "/exec?command=sh&command=-c&command=" + Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal))));

    [Fact]
    public void No_piece_of_a_secret_is_left_of_a_whole_event() =>
        Gen.Select(Template, Secret).Sample((template, secret) => AssertNone(template, secret, Put(template, secret)), iter: 3000);

    [Fact]
    public void No_piece_of_a_secret_is_left_of_an_event_that_breaks_off() =>
        Gen.Select(Template, Secret, Gen.Double[0, 1]).Sample(
            (template, secret, cut) =>
            {
                var whole = Put(template, secret);
                AssertNone(template, secret, whole[..Math.Max(1, (int)(whole.Length * cut))]);
            },
            iter: 10_000);

    [Fact]
    public void No_piece_of_a_secret_is_left_of_an_event_with_a_hole() =>
        Gen.Select(Template, Secret, Gen.Int[1, 60]).Sample(
            (template, secret, hole) =>
            {
                var whole = Put(template, secret);
                AssertNone(template, secret, whole[..1] + whole[Math.Min(hole, whole.IndexOf("\"requestURI\"", StringComparison.Ordinal))..]);
            },
            iter: 3000);

    [Fact]
    public void What_is_scrubbed_is_not_scrubbed_again() =>
        Gen.Select(Template, Secret).Sample((template, secret) =>
        {
            var once = Assert.Single(Readers.Read(Put(template, secret)));
            Assert.Equal(once.Text, Assert.Single(Readers.Read(once.Raw)).Text);
        });

    [Fact]
    public void A_glance_passes_over_nothing_that_a_search_would_find() =>
        Gen.Select(Template, Gen.OneOf(Secret, Of("", "x", "true", "$(A_B)", "/var/run/x", "secret", "token", "passwordRef")))
            .Sample((template, value) => AssertGlance(Encoding.UTF8.GetBytes(Put(template, value))), iter: 3000);

    [Fact]
    public void A_glance_passes_over_nothing_in_real_events()
    {
        foreach (var line in RealLogs.Permissive())
            AssertGlance(line);
    }

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static void AssertGlance(byte[] record)
    {
        var scrubber = new Scrubber(Readers.Key);
        var glanced = scrubber.Scrub(record, RecordState.Whole, out _).ToArray();
        Assert.Equal(Encoding.UTF8.GetString(scrubber.Scrub(record, RecordState.Cut, out _).Span), Encoding.UTF8.GetString(glanced));
    }

    private static string Event(string members, string uri = "/x") =>
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Request\",\"auditID\":\"1\",\"stage\":\"ResponseComplete\",\"requestURI\":"
        + JsonSerializer.Serialize(uri) + ",\"user\":{\"username\":\"bob\"}," + members + ",\"stageTimestamp\":\"2026-01-01T00:00:00.000000Z\"}";

    // The secret's place is a capital S by itself.
    private static string Put(string template, string secret) =>
        System.Text.RegularExpressions.Regex.Replace(template, "(?<![A-Za-z0-9_])S(?![A-Za-z])|(?<=-p)S(?![A-Za-z])|(?<=%..)S(?=%|\"|\\+)", secret, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));

    private static void AssertNone(string template, string secret, string received)
    {
        var text = string.Concat(Readers.Read(received).Select(read => read.Text + "\n"));
        for (var i = 0; i + Piece <= secret.Length; i++)
        {
            var piece = secret.Substring(i, Piece);
            Assert.False(text.Contains(piece, StringComparison.Ordinal), $"'{piece}' of '{secret}' is left in {text}\nof {template}\nas {received}");
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(piece)).TrimEnd('=')[..^1];
            Assert.DoesNotContain(base64, text, StringComparison.Ordinal);
        }
    }
}
