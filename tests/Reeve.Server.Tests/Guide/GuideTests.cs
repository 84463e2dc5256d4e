using Reeve.Audit.Fields;
using Reeve.Audit.Findings;
using Reeve.Detection.Rules;
using Reeve.Server.Compliance;
using Reeve.Server.Configuration;
using Reeve.Server.Doctor;

namespace Reeve.Server.Tests.Guide;

public sealed class GuideTests
{
    [Fact]
    public void Every_field_is_in_the_guide() => GeneratedTable.Check(
        "fields.md", "fields", ["field", "path in the event", "values", "what it says", "in Falco"],
        FieldCatalogue.All.Select(field => new[] { Code(field.Name), Code(field.Path), Words(field.Type), field.Description, Code(field.Falco ?? "") }));

    [Fact]
    public void Every_kind_of_finding_is_in_the_guide_to_findings() => GeneratedTable.Check(
        "findings.md", "kinds", ["finding", "level", "what is the case", "what to do"],
        FindingKinds.All.Select(kind => new[] { Code(kind.Name), kind.LevelName, kind.Sentence, kind.Advice }));

    [Fact]
    public void Everything_the_doctor_finds_is_in_its_guide() => GeneratedTable.Check(
        "doctor.md", "remarks", ["finding", "level", "what happens because of it"],
        DoctorRemarks.All.OrderByDescending(remark => remark.Level).Select(remark => new[] { Code(remark.Code), FindingLevels.ToName(remark.Level), remark.Consequence }));

    [Fact]
    public void Every_key_is_in_the_guide_to_configuration() => GeneratedTable.Check(
        "configuration.md", "keys", ["key", "value", "default", "what it means"],
        ConfigurationKeys.All.Select(key => new[] { Code(key.Path), Words(key), Code(key.Default), (key.Required ? "Required. " : "") + key.Description }));

    [Fact]
    public void Every_question_of_evidence_is_in_the_guide_to_frameworks() => GeneratedTable.Check(
        "frameworks.md", "questions", ["", "question", "answered by", "audit level", "of which requests"], Frameworks.Questions.Select(FrameworkRows.Of));

    [Fact]
    public void Every_control_is_in_the_guide_to_frameworks() => Assert.All(Frameworks.Frameworks, framework => GeneratedTable.Check(
        "frameworks.md", framework.Id, ["control", "what it asks for", "evidence", "what no audit log shows of it"], framework.Controls.Select(FrameworkRows.Of)));

    private static FrameworkReading Frameworks { get; } = ShippedFrameworks.Read(RuleLists.Empty);

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static string Words(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.List => "several texts",
        FieldType.Number => "number",
        FieldType.Address => "address",
        FieldType.Time => "time",
        FieldType.Flag => "true or false",
        FieldType.Finding => "several texts",
        _ => throw new NotSupportedException($"{type} has no words yet"),
    };

    private static string Words(ConfigurationKey key) => key switch
    {
        { Choices: { } choices } => string.Join(", ", choices.Select(Code)),
        { Type: KeyType.Text } => "text",
        { Type: KeyType.Path } => "path",
        { Type: KeyType.Listen } => "address and port",
        { Type: KeyType.Url } => "URL",
        { Type: KeyType.Size } => "size",
        { Type: KeyType.Duration } => "duration",
        { Type: KeyType.Texts } => "text or list of texts",
        { Type: KeyType.Paths } => "path or list of paths",
        { Type: KeyType.Networks } => "network or list of networks",
        { Type: KeyType.Blocks } => "list of blocks",
        { Type: KeyType.Block } => "block",
        _ => throw new NotSupportedException($"{key.Type} has no words yet"),
    };
}
