using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Reeve.Detection.Fields;

/// <summary>
/// Who a certificate signing request asks to be, which stands in it as base64 of a PEM of PKCS #10 (RFC 2986): <c>csruser</c> is the
/// common name, a user to the API server, <c>csrgroup</c> each organization, its groups.
/// </summary>
internal static class CertificateRequestFields
{
    private const string User = "csruser";
    private const string Group = "csrgroup";
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    // Requests of real clients have a few hundred bytes.
    private const int LongestRequest = 64 * 1024;

    private static readonly Field Request = new Field.Path("requestObject.spec.request");

    /// <summary>Whether it is such a field.</summary>
    public static bool IsOne(string name) => name is User or Group;

    /// <summary>One of the two.</summary>
    public static Field Of(string name)
    {
        var type = name == User ? CommonName : Organization;
        return new Field.Computed(name, [Request], values => values[0].SelectMany(request => Names(request, type)));
    }

    private static List<string> Names(string request, string type)
    {
        var names = new List<string>();
        try
        {
            if (TryRead(request, out var subject))
                Add(new AsnReader(subject.RawData, AsnEncodingRules.BER).ReadSequence(), type, names);
        }
        catch (AsnContentException)
        {
            // The names before the broken one count.
        }

        return names;
    }

    // RFC 5280 §4.1.2.4: a sequence of sets; each of several in a set is a name as good as one by itself.
    private static void Add(AsnReader sets, string type, List<string> names)
    {
        while (sets.HasData)
        {
            for (var set = sets.ReadSetOf(); set.HasData;)
            {
                var pair = set.ReadSequence();
                if (pair.ReadObjectIdentifier() == type)
                    names.Add(pair.ReadCharacterString((UniversalTagNumber)pair.PeekTag().TagValue));
            }
        }
    }

    private static bool TryRead(string request, [NotNullWhen(true)] out X500DistinguishedName? subject)
    {
        subject = null;
        if (request.Length > LongestRequest)
            return false;
        var pem = new byte[request.Length];
        if (!Convert.TryFromBase64String(request, pem, out var length))
            return false;
        try
        {
            // Who it asks to be says it whether or not its signature is right.
            subject = CertificateRequest.LoadSigningRequestPem(Encoding.UTF8.GetString(pem, 0, length), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation).SubjectName;
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or NotSupportedException)
        {
            // Such requests are rare, and rarely broken.
            return false;
        }
    }
}
