namespace Reeve.Fuzzing.Targets;

/// <summary>Something that takes bytes from outside. Whatever it throws is a defect. Not thread-safe.</summary>
internal interface IFuzzTarget
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Takes an input and checks what must hold for every one.</summary>
    void Take(byte[] input);
}
