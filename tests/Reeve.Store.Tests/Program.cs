using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.Tests;
using Reeve.Store.Tests.Support;
using Xunit.MicrosoftTestingPlatform;

// The test program is also the processes that the tests need: the embedded store and a ClickHouse server.
return args switch
{
    [EmbeddedStore.Command, var folder, var socket, var memory] => await StoreHost.RunAsync(
        new StoreHostOptions { DataFolder = folder, Socket = socket, MaxMemory = long.Parse(memory), LongestWait = TimeSpan.FromSeconds(2), WaitingReads = 8 },
        CancellationToken.None),
    [ClickHouseServer.Command, var folder, var port] => ClickHouseServer.Run(folder, port),
    [Supervised.Command, var folder] => await Supervised.RunAsync(folder),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
