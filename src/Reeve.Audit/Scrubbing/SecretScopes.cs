using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Scrubbing;

/// <summary>What an object says about the secrets in it, by its kind, its name, its members, in any order.</summary>
internal static class SecretScopes
{
    /// <summary>The scope of an object or array inside one of the scope <paramref name="outer"/>.</summary>
    public static SecretScope Of(JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope outer)
    {
        var tape = layer.Tape;
        var scope = outer & SecretScope.Inherited;
        var name = layer.Key(text, tape[index]);
        if (name.SequenceEqual("labels"u8) || name.SequenceEqual("annotations"u8))
            scope |= SecretScope.Labels;
        if (name.SequenceEqual("requestObject"u8) || name.SequenceEqual("responseObject"u8))
            scope |= SecretScope.Body;
        if (tape[index].Token != JsonToken.StartObject)
            return scope;
        var (saysWhat, isNamed) = (false, false);
        for (var i = index + 1; i < tape[index].Next; i = tape[i].Next)
            scope |= OfMember(layer, text, i, scope, ref saysWhat, ref isNamed);
        if (!tape[index].IsOpen)
            return scope;
        // What would have told may have been cut off.
        if (!saysWhat && ((scope & SecretScope.Body) != SecretScope.None || index == 0))
            scope |= SecretScope.Secret | SecretScope.Token;
        return isNamed ? scope : scope | SecretScope.Environment;
    }

    private static SecretScope OfMember(
        JsonLayer layer, ReadOnlySpan<byte> text, int index, SecretScope scope, ref bool saysWhat, ref bool isNamed)
    {
        ref var member = ref layer.Tape[index];
        var name = layer.Key(text, member);
        if (member.Token == JsonToken.StartObject && name.SequenceEqual("objectRef"u8))
        {
            saysWhat |= !member.IsOpen;
            return OfReference(layer, text, index);
        }

        if (member.Token != JsonToken.String)
            return SecretScope.None;
        if (name.SequenceEqual("kind"u8))
        {
            var kind = layer.Value(text, member);
            // An event's own kind says nothing about the bodies in it.
            saysWhat |= !kind.SequenceEqual("Event"u8);
            return SecretTerms.OfKind(kind);
        }

        if (name.SequenceEqual("requestURI"u8))
        {
            saysWhat = true;
            return SecretTerms.OfUri(layer.Value(text, member));
        }

        if (name.SequenceEqual("type"u8))
            return SecretTerms.OfType(layer.Value(text, member));
        if (name.SequenceEqual("name"u8))
        {
            isNamed = true;
            return SecretNames.IsVariable(layer.Value(text, member)) ? SecretScope.Environment : SecretScope.None;
        }

        if (name.SequenceEqual("path"u8))
        {
            isNamed = true;
            return OfPath(layer.Value(text, member), scope);
        }

        return CloudKeys.HasId(layer.Value(text, member)) ? SecretScope.CloudKey : SecretScope.None;
    }

    private static SecretScope OfReference(JsonLayer layer, ReadOnlySpan<byte> text, int index)
    {
        var found = SecretScope.None;
        for (var i = index + 1; i < layer.Tape[index].Next; i = layer.Tape[i].Next)
        {
            ref var member = ref layer.Tape[i];
            if (member.Token != JsonToken.String)
                continue;
            var name = layer.Key(text, member);
            if (name.SequenceEqual("resource"u8))
                found |= SecretTerms.OfResource(layer.Value(text, member));
            else if (name.SequenceEqual("subresource"u8))
                found |= SecretTerms.OfSubresource(layer.Value(text, member));
        }

        return found;
    }

    // A JSON Patch names neither the variable it changes nor the object's kind.
    private static SecretScope OfPath(ReadOnlySpan<byte> path, SecretScope scope)
    {
        if (SecretTerms.IsSecretPath(path, scope))
            return SecretScope.Operation;
        var last = path[(path.LastIndexOf((byte)'/') + 1)..];
        var isVariable = last.SequenceEqual("value"u8) && path.IndexOf("/env/"u8) >= 0;
        return isVariable || (path.StartsWith("/"u8) && SecretNames.IsMember(last)) ? SecretScope.Environment : SecretScope.None;
    }
}
