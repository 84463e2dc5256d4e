using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Doctor.FluentBit;
using Reeve.Server.Doctor.Rsyslog;
using Reeve.Server.Setup.Manifests;
using YamlDotNet.Core;

namespace Reeve.Server.Doctor;

/// <summary>The files of an audit chain, read. Immutable.</summary>
/// <param name="Files">The files.</param>
/// <param name="Policies">The audit policies among them.</param>
/// <param name="Manifests">The manifests of kube-apiserver.</param>
/// <param name="Rsyslog">The configurations of rsyslog.</param>
/// <param name="FluentBit">The configurations of Fluent Bit.</param>
/// <param name="Largest">The size of the largest event there is or is to be expected, in bytes.</param>
internal sealed record Chain(
    ChainFiles Files, ImmutableArray<ReadPolicy> Policies, ImmutableArray<ReadManifest> Manifests, ImmutableArray<ReadRsyslog> Rsyslog, ImmutableArray<ReadFluentBit> FluentBit, long Largest)
{
    /// <summary>A ConfigMap may be a mebibyte, and an event may hold it twice.</summary>
    public const long ExpectedLargest = 2L << 20;

    /// <summary>Reads files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="largest">The size of the largest event that was seen; null to tell from logs among the files, or to expect what is possible.</param>
    public static Chain Of(ChainFiles files, long? largest) => new(
        files,
        [.. files.Of(ChainFileKind.Policy).Select(ReadPolicy.Of)],
        [.. files.Of(ChainFileKind.Manifest).Select(ReadManifest.Of)],
        [.. files.Of(ChainFileKind.Rsyslog).Select(file => new ReadRsyslog(file, RsyslogReader.Read(file.Text)))],
        [.. files.Of(ChainFileKind.FluentBit).Select(file => new ReadFluentBit(file, FluentBitReader.Read(file.Text)))],
        largest ?? LargestIn(files) ?? ExpectedLargest);

    /// <summary>The log that the apiserver writes; empty where no manifest says.</summary>
    public string AuditLog => Manifests.Select(manifest => manifest.Flag("audit-log-path")?.Value ?? "").FirstOrDefault(path => path.StartsWith('/')) ?? "";

    private static long? LargestIn(ChainFiles files) =>
        files.Of(ChainFileKind.Log).SelectMany(file => file.Text.Split('\n')).Select(line => (long?)System.Text.Encoding.UTF8.GetByteCount(line)).Max();
}

/// <summary>An audit policy.</summary>
/// <param name="File">Where.</param>
/// <param name="BrokenLine">The first line whose indentation is wrong; 0 where none is.</param>
/// <param name="Repaired">Its text with its indentation repaired.</param>
/// <param name="Reading">What it says, repaired.</param>
internal sealed record ReadPolicy(ChainFile File, int BrokenLine, string Repaired, PolicyReading Reading)
{
    /// <summary>Reads one.</summary>
    public static ReadPolicy Of(ChainFile file)
    {
        var reading = PolicyReader.Read(file.Path, file.Text);
        if (reading.Policy is not null || IndentRepair.Of(file.Text) is not { } repair)
            return new(file, 0, file.Text, reading);
        var repaired = PolicyReader.Read(file.Path, repair.Text);
        return repaired.Policy is null ? new(file, 0, file.Text, reading) : new(file, repair.Line, repair.Text, repaired);
    }

    /// <summary>The policy; null where the apiserver takes none.</summary>
    public AuditPolicy? Policy => Reading.Policy;

    /// <summary>The line of a rule.</summary>
    public int LineOf(int rule) => rule == PolicyDecision.NoRule ? 0 : Reading.PlaceOf($"rules[{rule}]").Line;
}

/// <summary>A manifest.</summary>
/// <param name="File">Where.</param>
/// <param name="Text">The whole pod.</param>
/// <param name="Pod">What it says; null where it cannot be read.</param>
/// <param name="Problem">Why it cannot.</param>
internal sealed record ReadManifest(ChainFile File, PodText Text, ApiServerPod? Pod, ManifestProblem? Problem)
{
    /// <summary>Reads one.</summary>
    public static ReadManifest Of(ChainFile file)
    {
        var text = PodText.Of(file);
        try
        {
            return new(file, text, ApiServerPod.Read(text.Text), null);
        }
        catch (YamlException failure)
        {
            return new(file, text, null, new((int)failure.Start.Line, (int)failure.Start.Column, $"it is no YAML: {failure.Message}"));
        }
        catch (ManifestRefusedException refused)
        {
            return new(file, text, null, refused.Problem);
        }
    }

    /// <summary>A flag; null where it is absent. Of several the last counts.</summary>
    public PodFlag? Flag(string name) => Pod?.Flags.LastOrDefault(flag => flag.Name == name);

    /// <summary>The line of the file of a node.</summary>
    public int LineOf(Detection.Yaml.YamlNode node) => Text.LineOf(node.Line);

    /// <summary>The line of a flag; that of the last flag where it is absent.</summary>
    public int LineOf(PodFlag? flag) => flag is not null ? LineOf(flag.Item) : Pod?.Flags is { Count: > 0 } flags ? LineOf(flags[^1].Item) : 1;
}

/// <summary>A configuration of rsyslog.</summary>
internal sealed record ReadRsyslog(ChainFile File, IReadOnlyList<RsyslogStatement> Statements);

/// <summary>A configuration of Fluent Bit.</summary>
internal sealed record ReadFluentBit(ChainFile File, IReadOnlyList<FluentBitSection> Sections);
