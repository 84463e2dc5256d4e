using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Store.Loading;

namespace Reeve.Store.Tests.Loading;

public sealed class PatientDiskTests
{
    public static TheoryData<Exception> Failures => [new IOException("no room"), new UnauthorizedAccessException("not allowed")];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Step_the_disk_refuses_is_repeated(Exception failure)
    {
        var steps = 0;
        await new PatientDisk(TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance).DoAsync(
            () =>
            {
                if (++steps < 3)
                    throw failure;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(3, steps);
    }
}
