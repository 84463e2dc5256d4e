namespace Reeve.Server.Compliance;

/// <summary>What of Reeve answers a question that no audit event answers.</summary>
public enum EvidencePart : byte
{
    /// <summary>What was received and recorded, and the proof of it.</summary>
    Ledger,

    /// <summary>The alerts and what became of them.</summary>
    Alerts,

    /// <summary>Who reviewed what.</summary>
    Reviews,

    /// <summary>Alerts that belong together, and their story.</summary>
    Incidents,

    /// <summary>What the store holds: how much, how old, of which kind.</summary>
    Store,

    /// <summary>What people did in Reeve.</summary>
    Trail,

    /// <summary>How the times of an event lie apart.</summary>
    Clocks,

    /// <summary>What was taken out of events.</summary>
    Scrubbing,

    /// <summary>How events came in.</summary>
    Sources,

    /// <summary>The rules and what they need.</summary>
    Rules,

    /// <summary>How Reeve is set up.</summary>
    Configuration,

    /// <summary>Copies, and whether they can be read back.</summary>
    Archive,
}
