using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reeve.Detection.Tests.Alerts;

namespace Reeve.Detection.Tests.Fields;

/// <summary>The fields of rules that are no paths of the event.</summary>
public sealed class RuleFieldTests
{
    [Theory]
    [InlineData("podspec.hostPID: true", """{"spec":{"hostPID":true}}""")]
    [InlineData("podspec.hostPID: true", """{"spec":{"template":{"spec":{"hostPID":true}}}}""")]
    [InlineData("podspec.hostPID: true", """{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"hostPID":true}}}}}}""")]
    [InlineData("podcontainers.image|endswith: ':latest'", """{"spec":{"containers":[{"image":"a:1"},{"image":"b:latest"}]}}""")]
    [InlineData("podcontainers.image: b", """{"spec":{"template":{"spec":{"containers":[{"image":"a"}],"initContainers":[{"image":"b"}]}}}}""")]
    [InlineData("podcontainers.image: b", """{"spec":{"ephemeralContainers":[{"image":"b"}]}}""")]
    [InlineData("podspec.hostPID|exists: true", """{"spec":{"template":{"spec":{"hostPID":null}}}}""")]
    [InlineData("podspec.hostPID: null", """{"spec":{"template":{"spec":{"hostPID":null}}}}""")]
    [InlineData("podcontainers.image|every: [a, b]", """{"spec":{"containers":[{"image":"a"},{"image":"b"}]}}""")]
    public void A_pod_is_found_wherever_it_is_written(string item, string body) => Assert.True(Matches(item, body));

    [Theory]
    [InlineData("podspec.hostPID: true", """{"hostPID":true}""")]
    [InlineData("podspec.hostPID: true", """{"spec":{"template":{"hostPID":true}}}""")]
    [InlineData("podcontainers.image: b", """{"spec":{"containers":[{"name":"b"}]}}""")]
    [InlineData("podspec.hostPID|exists: true", """{"spec":{"template":{"spec":{}}}}""")]
    [InlineData("podcontainers.image|every: a", """{"spec":{"containers":[{"image":"a"},{"image":"b"}]}}""")]
    [InlineData("podcontainers.image|every: a", """{"spec":{"containers":[]}}""")]
    public void What_stands_elsewhere_is_none_of_a_pod(string item, string body) => Assert.False(Matches(item, body));

    [Theory]
    [InlineData("CN=ben,O=system:masters", "csrgroup: system:masters", true)]
    [InlineData("CN=ben,O=dev", "csrgroup: system:masters", false)]
    [InlineData("CN=ben,O=dev", "csruser: ben", true)]
    [InlineData("O=one,O=two,CN=ben", "csrgroup|every: [one, two]", true)]
    public void A_certificate_request_says_who_it_asks_to_be(string subject, string item, bool matches)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new CertificateRequest(new X500DistinguishedName(subject, X500DistinguishedNameFlags.UseUTF8Encoding), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        Assert.Equal(matches, Matches(item, BodyOf(pem)));
    }

    [Fact]
    public void Several_names_in_one_place_count_each()
    {
        // openssl req -new -multivalue-rdn -subj "/O=one+O=system:masters/CN=ben"
        var pem = PemEncoding.WriteString("CERTIFICATE REQUEST", Convert.FromBase64String(
            "MIHuMIGVAgEAMDMxIzAKBgNVBAoMA29uZTAVBgNVBAoMDnN5c3RlbTptYXN0ZXJzMQwwCgYDVQQDDANiZW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARog2ge/ALc6ZWEFiYcFRK33PkQ9qLiJ5hrHSHPt1HQo8ZlbPhYmzoRseroaUHFm9DR1Pw1jxQKQp5dZAfCKGVnoAAwCgYIKoZIzj0EAwIDSAAwRQIgWYWKJEyyH2P5czrMaD7MRORJcA5Fr+R9KApxwvxzc9ACIQDxvW2O1OjO1N6ROEALdhsjO7ENc00oCmrnHbXtisDayg=="));

        Assert.True(Matches("csrgroup: system:masters", BodyOf(pem)));
        Assert.True(Matches("csrgroup: one", BodyOf(pem)));
    }

    [Fact]
    public void A_broken_certificate_request_says_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = new CertificateRequest("CN=ben", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var random = new Random(7);
        for (var count = 0; count < 500; count++)
        {
            var broken = der.ToArray();
            for (var changes = random.Next(1, 20); changes > 0; changes--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var pem = PemEncoding.WriteString("CERTIFICATE REQUEST", broken.AsSpan(0, random.Next(broken.Length + 1)));

            Matches("csruser: nobody", BodyOf(pem));
        }

        Assert.False(Matches("csruser: ben", """{"spec":{"request":"bm90IGEgcGVt"}}"""));
    }

    [Theory]
    [InlineData("claimed: nowhere", """ "nowhere" """, true)]
    [InlineData("claimed|exists: true", "", false)]
    public void An_address_that_is_none_is_only_claimed(string item, string addresses, bool matches) =>
        Assert.Equal(matches, Matches(item, "{}", addresses));

    private static string BodyOf(string pem) => $$$"""{"spec":{"request":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}}}"}}""";

    private static bool Matches(string item, string body, string addresses = "")
    {
        var run = new AlertRun($"title: t\nid: a\nlevel: low\nlogsource: {{ product: kubernetes }}\ndetection:\n  s:\n    {item}\n  condition: s\n");
        run.Observe($$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"a","stage":"ResponseComplete","requestURI":"/","verb":"create","user":{"username":"u"},"sourceIPs":[{{addresses}}],"requestObject":{{body}},"requestReceivedTimestamp":"2026-01-01T00:00:00.000000Z","stageTimestamp":"2026-01-01T00:00:00.000000Z"}""");
        return run.Alerts.Count > 0;
    }
}
