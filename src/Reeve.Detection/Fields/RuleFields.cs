namespace Reeve.Detection.Fields;

/// <summary>The fields that rules may ask about besides the paths of events and the short names of the catalogue.</summary>
internal static class RuleFields
{
    /// <summary>Whether it is such a field.</summary>
    public static bool IsOne(string name) => PodFields.IsOne(name) || CertificateRequestFields.IsOne(name);

    /// <summary>A field as a rule writes it; what is none of these is a path of the event.</summary>
    public static Field Of(string name) =>
        PodFields.IsOne(name) ? PodFields.Of(name)
        : CertificateRequestFields.IsOne(name) ? CertificateRequestFields.Of(name)
        : new Field.Path(name);
}
