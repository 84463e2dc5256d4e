using Reeve.Audit;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Ui;

/// <summary>Events as the store would give them.</summary>
internal static class Samples
{
    /// <summary>An event of 1970 with nothing in it.</summary>
    public static StoredEvent Event(ulong sequence) => new()
    {
        Id = new EventId("s", sequence), Time = DateTime.UnixEpoch, Received = DateTime.UnixEpoch, Cluster = "", Source = "", Host = "",
        AuditLevel = "", Stage = "", AuditId = "", Verb = "", User = "", UserUid = "", Groups = [], Actor = "", ImpersonatedUser = "",
        ImpersonatedGroups = [], Ip = "", Claimed = [], Agent = "", Uri = "", Resource = "", Subresource = "", Namespace = "", Name = "",
        ObjectUid = "", ApiGroup = "", ApiVersion = "", Code = 0, Reason = "", Message = "", Decision = "", DecisionReason = "",
        Category = Category.ResourceAccess, Integrity = Integrity.Whole, Marks = EventMarks.None, Primary = true, Line = 0, Raw = "{}",
    };
}
