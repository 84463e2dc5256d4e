using System.Globalization;
using System.Text.Json;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

namespace Reeve.Detection.Needs;

/// <summary>What is known of the values of a field that has at least one. Immutable.</summary>
internal abstract class Known
{
    /// <summary>Whether one of the values passes a test; null where that is not known.</summary>
    public virtual bool? Passes(ValueTest test) => test switch
    {
        ValueTest.AnyOf any => AnyPasses(any),
        _ => null,
    };

    private protected bool? AnyPasses(ValueTest.AnyOf any)
    {
        bool? passes = false;
        foreach (var each in any.Tests)
        {
            var one = Passes(each);
            if (one == true)
                return true;
            passes = one is null ? null : passes;
        }

        return passes;
    }

    private static StringComparison By(bool cased) => cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>There is one value, and it is this.</summary>
    public sealed class Text(string text) : Known
    {
        /// <inheritdoc/>
        public override bool? Passes(ValueTest test) => test switch
        {
            ValueTest.Is x => text.Equals(x.Text, By(x.Cased)),
            ValueTest.StartsWith x => text.StartsWith(x.Text, By(x.Cased)),
            ValueTest.EndsWith x => text.EndsWith(x.Text, By(x.Cased)),
            ValueTest.Contains x => text.Contains(x.Text, By(x.Cased)),
            ValueTest.Not x => !Passes(x.Inner),
            ValueTest.AnyOf x => AnyPasses(x),
            // Values of other fields are put in.
            ValueTest.IsExpanded => null,
            // What the others mean is the matcher's to say.
            _ => Matcher.Compile([new Condition.Has(new Field.Path("known"), test)], []).NewSession().Match(JsonSerializer.SerializeToUtf8Bytes(new { known = text })).Count > 0,
        };
    }

    /// <summary>There is one value, and it begins so.</summary>
    public sealed class Beginning(string text) : Known
    {
        /// <inheritdoc/>
        public override bool? Passes(ValueTest test) => test switch
        {
            ValueTest.Is x => x.Text.StartsWith(text, By(x.Cased)) ? null : false,
            ValueTest.StartsWith x => text.StartsWith(x.Text, By(x.Cased)) ? true : x.Text.StartsWith(text, By(x.Cased)) ? null : false,
            ValueTest.Contains x => text.Contains(x.Text, By(x.Cased)) ? true : null,
            ValueTest.Not x => !Passes(x.Inner),
            _ => base.Passes(test),
        };
    }

    /// <summary>These are among the values, and those are not.</summary>
    public sealed class Among(IReadOnlyList<string> texts, IReadOnlyList<string> never) : Known
    {
        /// <inheritdoc/>
        public override bool? Passes(ValueTest test) => texts.Any(text => new Text(text).Passes(test) == true) ? true
            : test is ValueTest.Is x ? never.Contains(x.Text, StringComparer.FromComparison(By(x.Cased))) ? false : null
            : base.Passes(test);
    }

    /// <summary>None of the values is one of these, nor begins so.</summary>
    public sealed class NoneOf(IReadOnlyList<string> texts, IReadOnlyList<string> beginnings) : Known
    {
        /// <inheritdoc/>
        public override bool? Passes(ValueTest test) => test switch
        {
            ValueTest.Is x => texts.Contains(x.Text, StringComparer.FromComparison(By(x.Cased))) || IsBelow(x.Text, x.Cased) ? false : null,
            ValueTest.StartsWith x => IsBelow(x.Text, x.Cased) ? false : null,
            ValueTest.Number { Comparison: Comparison.Equal } x => texts.Contains(x.Value.ToString(CultureInfo.InvariantCulture)) ? false : null,
            _ => base.Passes(test),
        };

        private bool IsBelow(string text, bool cased) => beginnings.Any(beginning => text.StartsWith(beginning, By(cased)));
    }
}
