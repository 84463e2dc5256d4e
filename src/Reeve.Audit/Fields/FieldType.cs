namespace Reeve.Audit.Fields;

/// <summary>What the values of a field are, and so which questions make sense.</summary>
public enum FieldType : byte
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Any number of texts; a condition is true if one of them meets it.</summary>
    List,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>An IP address; a network in CIDR notation matches all of its addresses.</summary>
    Address,

    /// <summary>A point in time, UTC.</summary>
    Time,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Text of the findings about the event; a condition is true if one of them meets it.</summary>
    Finding,
}
