using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Reeve.Audit.Reading.Compact.CompactBytes;

namespace Reeve.Audit.Reading.Compact;

/// <summary>
/// Reads an event exactly as the apiserver writes it: no white space, its members in the apiserver's order, each at most
/// once. It fills the event as <see cref="EventParser"/> would, several times as fast, or says that it is
/// not for it. Bodies and other values that no field is read from are stepped over by <see cref="ContainerEnd"/>,
/// which does not judge what is in them. Not thread-safe.
/// </summary>
/// <remarks>The order: https://github.com/kubernetes/apiserver/blob/master/pkg/apis/audit/v1/types.go.</remarks>
internal sealed class CompactEventParser
{
    private readonly CompactTime _times = new();

    /// <summary>Reads the event at the beginning of the bytes that <paramref name="into"/> was reset to; its length, or 0 if it is not for it.</summary>
    public int TryParse(AuditEvent into)
    {
        ref var first = ref into.First;
        var length = into.Length;
        var at = Head(ref first, length, into);
        if (at == 0)
            return 0;
        at = Who(ref first, at, length, into);
        at = What(ref first, at, length, into);
        at = End(ref first, at, length, into);
        return at < length && At(ref first, at) == '}' && At(ref first, at - 1) != ',' ? at + 1 : 0;
    }

    private static int Head(ref byte json, int length, AuditEvent into)
    {
        int at;
        if (Is(ref json, 0, """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"""u8))
        {
            (into.KindMember, into.ApiVersionMember) = (new Slice(1, 14), new Slice(16, 30));
            at = 47;
        }
        else if (Is(ref json, 0, "{\"level\":"u8))
            at = 1;
        else
            return 0;
        if (Is(ref json, at, "\"level\":\""u8))
            at = Text(ref json, at + 9, length, into, EventField.Level);
        if (Is(ref json, at, "\"auditID\":\""u8))
            at = Text(ref json, at + 11, length, into, EventField.AuditId);
        if (Is(ref json, at, "\"stage\":\""u8))
            at = Text(ref json, at + 9, length, into, EventField.Stage);
        if (Is(ref json, at, "\"requestURI\":\""u8))
            at = Text(ref json, at + 14, length, into, EventField.RequestUri);
        if (Is(ref json, at, "\"verb\":\""u8))
            return Text(ref json, at + 8, length, into, EventField.Verb);
        // Without a verb it takes more to know an event.
        return 0;
    }

    private static int Who(ref byte json, int at, int length, AuditEvent into)
    {
        if (Is(ref json, at, "\"user\":{"u8))
            at = User(ref json, at + 8, length, into, EventField.UserName, EventField.UserUid, EventSection.Groups);
        if (Is(ref json, at, "\"impersonatedUser\":{"u8))
            at = User(ref json, at + 20, length, into, EventField.ImpersonatedUserName, EventField.ImpersonatedUserUid, EventSection.ImpersonatedGroups);
        if (Is(ref json, at, "\"authenticationMetadata\":{"u8))
        {
            at += 26;
            if (Is(ref json, at, "\"impersonationConstraint\":\""u8))
                at = Text(ref json, at + 27, length, into, EventField.ImpersonationConstraint);
            at = Close(ref json, at, length);
        }

        if (Is(ref json, at, "\"sourceIPs\":["u8))
            at = List(ref json, at + 13, length, into, EventSection.SourceIps);
        return Is(ref json, at, "\"userAgent\":\""u8) ? Text(ref json, at + 13, length, into, EventField.UserAgent) : at;
    }

    private static int User(ref byte json, int at, int length, AuditEvent into, EventField name, EventField uid, EventSection groups)
    {
        if (Is(ref json, at, "\"username\":\""u8))
            at = Text(ref json, at + 12, length, into, name);
        if (Is(ref json, at, "\"uid\":\""u8))
            at = Text(ref json, at + 7, length, into, uid);
        if (Is(ref json, at, "\"groups\":["u8))
            at = List(ref json, at + 10, length, into, groups);
        if (Is(ref json, at, "\"extra\":{"u8))
        {
            var end = ContainerEnd.Of(ref json, at + 8, length);
            if (groups == EventSection.Groups)
                into.SetBody(EventSection.UserExtra, new Slice(at + 8, end - at - 8));
            at = Next(ref json, end, length);
        }

        return Close(ref json, at, length);
    }

    private static int What(ref byte json, int at, int length, AuditEvent into)
    {
        if (Is(ref json, at, "\"objectRef\":{"u8))
            at = ObjectRef(ref json, at + 13, length, into);
        if (Is(ref json, at, "\"responseStatus\":{"u8))
            at = Status(ref json, at + 18, length, into);
        if (Is(ref json, at, "\"requestObject\":"u8))
            at = Body(ref json, at + 16, length, into, EventSection.RequestObject);
        return Is(ref json, at, "\"responseObject\":"u8) ? Body(ref json, at + 17, length, into, EventSection.ResponseObject) : at;
    }

    private static int ObjectRef(ref byte json, int at, int length, AuditEvent into)
    {
        if (Is(ref json, at, "\"resource\":\""u8))
            at = Text(ref json, at + 12, length, into, EventField.Resource);
        if (Is(ref json, at, "\"namespace\":\""u8))
            at = Text(ref json, at + 13, length, into, EventField.Namespace);
        if (Is(ref json, at, "\"name\":\""u8))
            at = Text(ref json, at + 8, length, into, EventField.Name);
        if (Is(ref json, at, "\"uid\":\""u8))
            at = Text(ref json, at + 7, length, into, EventField.ObjectUid);
        if (Is(ref json, at, "\"apiGroup\":\""u8))
            at = Text(ref json, at + 12, length, into, EventField.ApiGroup);
        if (Is(ref json, at, "\"apiVersion\":\""u8))
            at = Text(ref json, at + 14, length, into, EventField.ApiVersion);
        if (Is(ref json, at, "\"resourceVersion\":\""u8))
            at = Text(ref json, at + 19, length, into, EventField.ResourceVersion);
        if (Is(ref json, at, "\"subresource\":\""u8))
            at = Text(ref json, at + 15, length, into, EventField.Subresource);
        return Close(ref json, at, length);
    }

    private static int Status(ref byte json, int at, int length, AuditEvent into)
    {
        if (Is(ref json, at, "\"metadata\":{}"u8))
            at = Next(ref json, at + 13, length);
        else if (Is(ref json, at, "\"metadata\":{"u8))
            at = Next(ref json, ContainerEnd.Of(ref json, at + 11, length), length);
        if (Is(ref json, at, "\"status\":\""u8))
            at = Text(ref json, at + 10, length, into, EventField.Status);
        if (Is(ref json, at, "\"message\":\""u8))
            at = Text(ref json, at + 11, length, into, EventField.Message);
        if (Is(ref json, at, "\"reason\":\""u8))
            at = Text(ref json, at + 10, length, into, EventField.Reason);
        if (Is(ref json, at, "\"details\":{"u8))
            at = Next(ref json, ContainerEnd.Of(ref json, at + 10, length), length);
        // A status code has three digits.
        if (Is(ref json, at, "\"code\":"u8))
        {
            at += 7;
            var (a, b, c) = (At(ref json, at) - '0', At(ref json, at + 1) - '0', At(ref json, at + 2) - '0');
            if (a is < 1 or > 9 || (uint)b > 9 || (uint)c > 9)
                return Failed(length);
            into.Code = (a * 100) + (b * 10) + c;
            at = Next(ref json, at + 3, length);
        }

        return Close(ref json, at, length);
    }

    private static int Body(ref byte json, int at, int length, AuditEvent into, EventSection section)
    {
        if (At(ref json, at) is not ((byte)'{' or (byte)'['))
            return Failed(length);
        var end = ContainerEnd.Of(ref json, at, length);
        into.SetBody(section, new Slice(at, end - at));
        return Next(ref json, end, length);
    }

    private int End(ref byte json, int at, int length, AuditEvent into)
    {
        if (Is(ref json, at, "\"requestReceivedTimestamp\":\""u8))
        {
            at += 28;
            into.RequestReceivedText = new Slice(at, CompactTime.Length);
            into.RequestReceivedAt = _times.Read(ref Unsafe.Add(ref json, at));
            at = into.RequestReceivedAt is null ? Failed(length) : CloseText(ref json, at + CompactTime.Length, length);
        }

        if (Is(ref json, at, "\"stageTimestamp\":\""u8))
        {
            at += 18;
            into.StageAt = _times.Read(ref Unsafe.Add(ref json, at));
            at = into.StageAt is null ? Failed(length) : CloseText(ref json, at + CompactTime.Length, length);
        }

        return Is(ref json, at, "\"annotations\":{"u8) ? Annotations(ref json, at + 14, length, into) : at;
    }

    private static int Annotations(ref byte json, int start, int length, AuditEvent into)
    {
        var at = start + 1;
        while (at < length && At(ref json, at) == '"')
        {
            var keyEnd = QuoteOrBackslash(ref json, at + 1, length);
            if (keyEnd >= length || !Is(ref json, keyEnd, "\":\""u8))
                return Failed(length);
            var key = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref json, at + 1), keyEnd - at - 1);
            at = keyEnd + 3;
            var field = EventKeys.Field(EventSection.Annotations, key);
            if (field != EventKeys.None)
                at = Text(ref json, at, length, into, field);
            else
            {
                var end = ClosingQuote(ref json, at, length);
                if (end >= length)
                    return end;
                EventParser.ReadAnnotation(key, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref json, at), end - at), into);
                at = Next(ref json, end + 1, length);
            }
        }

        at = Close(ref json, at, length, out var behind);
        into.SetBody(EventSection.Annotations, new Slice(start, behind - start));
        return at;
    }

    private static int List(ref byte json, int at, int length, AuditEvent into, EventSection section)
    {
        ref var list = ref into.List(section);
        while (at < length && At(ref json, at) == '"')
            at = Text(ref json, at + 1, length, into, ref list);
        return at < length && At(ref json, at) == ']' && At(ref json, at - 1) != ',' ? Next(ref json, at + 1, length) : Failed(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Text(ref byte json, int at, int length, AuditEvent into, EventField field)
    {
        var end = QuoteOrBackslash(ref json, at, length);
        if (end >= length || At(ref json, end) != '"')
            return Escaped(ref json, at, end, length, into, field);
        into.Set(field, new Slice(at, end - at));
        return Next(ref json, end + 1, length);
    }

    private static int Text(ref byte json, int at, int length, AuditEvent into, ref SliceList list)
    {
        var end = QuoteOrBackslash(ref json, at, length);
        // Unescaping would move what the list refers to.
        if (end >= length || At(ref json, end) != '"')
            return Failed(length);
        list.Add(new Slice(at, end - at));
        return Next(ref json, end + 1, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Escaped(ref byte json, int at, int backslash, int length, AuditEvent into, EventField field)
    {
        var end = CompactText.Unescape(ref json, at, length, into.Scratch(CompactText.Room), out var written);
        if (end < length)
        {
            into.Set(field, into.Commit(written));
            return Next(ref json, end + 1, length);
        }

        end = ClosingQuote(ref json, backslash, length);
        if (end >= length)
            return Failed(length);
        var text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref json, at), end - at);
        into.Set(field, into.Commit(JsonText.Unescape(text, into.Scratch(text.Length))));
        return Next(ref json, end + 1, length);
    }

    private static int CloseText(ref byte json, int at, int length) =>
        At(ref json, at) == '"' ? Next(ref json, at + 1, length) : Failed(length);

    private static int Close(ref byte json, int at, int length) => Close(ref json, at, length, out _);

    private static int Close(ref byte json, int at, int length, out int behind)
    {
        behind = at + 1;
        return at < length && At(ref json, at) == '}' && At(ref json, at - 1) != ',' ? Next(ref json, at + 1, length) : Failed(length);
    }
}
