using System.Text.Json;
using ZstdSharp;

namespace Reeve.Server.Sources.Demo;

/// <summary>A sample log: a part of what a real apiserver recorded, read into memory.</summary>
/// <param name="Name">The name of its file without <c>.jsonl.zst</c>.</param>
/// <param name="Events">Its events as they were written.</param>
internal sealed record SampleLog(string Name, IReadOnlyList<SampleEvent> Events)
{
    private const string Ending = ".jsonl.zst";

    /// <summary>When each of its requests was received, ordered; one entry for each different time.</summary>
    public IReadOnlyList<DateTime> Requests { get; } = [.. Events.Select(found => found.Received).Distinct().Order()];

    /// <summary>Reads the log of that name.</summary>
    /// <exception cref="InvalidDataException">A line is no event.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SampleLog Read(string folder, string name)
    {
        using var reader = new StreamReader(new DecompressionStream(File.OpenRead(Path.Combine(folder, name + Ending)), leaveOpen: false));
        var events = new List<SampleEvent>();
        while (reader.ReadLine() is { } line)
            events.Add(Parse(System.Text.Encoding.UTF8.GetBytes(line), name));
        return new(name, events);
    }

    /// <summary>One event.</summary>
    /// <exception cref="InvalidDataException">The line says no times of an event.</exception>
    internal static SampleEvent Parse(byte[] line, string name)
    {
        try
        {
            var fields = SampleFields.Find(line);
            return new(line, TimeOf(line, fields, "\"requestReceivedTimestamp\":\""u8, name), TimeOf(line, fields, "\"stageTimestamp\":\""u8, name), fields);
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"the sample {name} is damaged: {damaged.Message}", damaged);
        }
    }

    // The event's own times come after all that it quotes.
    private static DateTime TimeOf(byte[] line, IReadOnlyList<SampleField> fields, ReadOnlySpan<byte> key, string name)
    {
        var offset = line.AsSpan().LastIndexOf(key) + key.Length;
        foreach (var field in fields)
        {
            if (field.Offset == offset && field.Time is { } time)
                return time;
        }

        throw new InvalidDataException($"the sample {name} holds a line without the times of an event");
    }
}
