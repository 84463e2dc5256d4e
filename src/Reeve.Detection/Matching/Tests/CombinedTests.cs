namespace Reeve.Detection.Matching.Tests;

/// <summary>One of several tests is passed.</summary>
internal sealed class AnyTest(IEnumerable<BytesTest> tests) : BytesTest
{
    private readonly BytesTest[] _tests = [.. tests.OrderBy(test => test.Cost)];

    public override int Cost => _tests.Sum(test => test.Cost);

    public override bool NeedsEvent => _tests.Any(test => test.NeedsEvent);

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session)
    {
        foreach (var test in _tests)
        {
            if (test.Passes(value, session))
                return true;
        }

        return false;
    }
}

/// <summary>A test is not passed.</summary>
internal sealed class NotTest(BytesTest inner) : BytesTest
{
    public override int Cost => inner.Cost;

    public override bool NeedsEvent => inner.NeedsEvent;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => !inner.Passes(value, session);
}

/// <summary>Any value passes.</summary>
internal sealed class AlwaysTest : BytesTest
{
    public override int Cost => 0;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => true;
}
