using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Takes audit events over plain syslog TCP. Every connection is read on its own: one that fails, is slow or sends
/// nonsense disturbs no other. A connection is never closed for being quiet.
/// </summary>
internal sealed partial class SyslogSource(
    SyslogSourceOptions options, Func<Socket, IPAddress, SyslogConnection> connect, SyslogTroubles troubles, SyslogSourceReport report,
    TimeProvider time, ILogger<SyslogSource> log) : ISource
{
    private const int Backlog = 512;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _open = [];
    private string? _lastFailure;

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        using var listener = Bind();
        var address = listener.LocalEndPoint!.ToString()!;
        LogListening(options.Name, address);
        using var own = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var receiving = new CancellationTokenSource();
        using var journalling = new CancellationTokenSource();
        var stop = new SyslogStop(own.Token, receiving.Token, journalling.Token);
        var reporting = ReportAsync(address, own.Token);
        try
        {
            while (true)
                await AcceptAsync(listener, stop);
        }
        finally
        {
            listener.Close();
            await own.CancelAsync();
            receiving.CancelAfter(options.Grace);
            journalling.CancelAfter(options.Grace * 2);
            await Task.WhenAll([reporting, .. Open()]);
        }
    }

    /// <inheritdoc/>
    public void Fail(string reason) => report.Failed(reason);

    private Socket Bind()
    {
        var endpoint = new IPEndPoint(options.Listen.Address, options.Listen.Port);
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                listener.DualMode = true;
            listener.Bind(endpoint);
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new IOException(failure.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"another program listens on {endpoint} already: stop it, or give the source another port in 'listen'",
                SocketError.AccessDenied => $"this account may not listen on {endpoint}: ports below 1024 need privileges, take 1514",
                SocketError.AddressNotAvailable => $"this machine does not have the address of {endpoint}: give one of its own in 'listen'",
                _ => $"cannot listen on {endpoint}: {failure.Message}",
            }, failure);
        }
    }

    private async Task AcceptAsync(Socket listener, SyslogStop stop)
    {
        Socket socket;
        IPAddress peer;
        try
        {
            socket = await listener.AcceptAsync(stop.Frames);
            peer = Address(socket);
        }
        catch (SocketException failure)
        {
            // A sender that was gone before it was accepted, or no file descriptor left for it.
            LogNotAccepted(options.Name, failure.Message);
            if (failure.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                await Task.Delay(AcceptPause, time, stop.Frames);
            return;
        }

        if (options.Trust.Count > 0 && !options.Trust.Any(network => network.Contains(peer)))
            Refuse(socket, () => troubles.NotTrusted(options.Identify(new(peer))));
        else if (report.Connections >= options.MaxConnections)
            Refuse(socket, () => troubles.TooMany(options.Identify(new(peer)), options.MaxConnections));
        else
            Start(connect(socket, peer), peer, stop);
    }

    private void Refuse(Socket socket, Action note)
    {
        socket.Dispose();
        report.Refused();
        note();
    }

    private void Start(SyslogConnection connection, IPAddress peer, SyslogStop stop)
    {
        report.Connected();
        var running = Task.Run(() => ReadAsync(connection, peer, stop), CancellationToken.None);
        lock (_gate)
            _open.Add(running);
        _ = running.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ReadAsync(SyslogConnection connection, IPAddress peer, SyslogStop stop)
    {
        try
        {
            await connection.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.Journalling.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            if (Interlocked.Exchange(ref _lastFailure, failure.Message) != failure.Message)
                LogFailed(failure, options.Name, peer);
        }
        finally
        {
            report.Disconnected();
        }
    }

    private void Forget(Task ended)
    {
        lock (_gate)
            _open.Remove(ended);
    }

    private List<Task> Open()
    {
        lock (_gate)
            return [.. _open];
    }

    private async Task ReportAsync(string address, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.ReportEvery, time);
        try
        {
            do
                report.Update(address);
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static IPAddress Address(Socket socket)
    {
        var address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    [LoggerMessage(1, LogLevel.Information, "Source {Source}: listening for syslog on {Address}")]
    private partial void LogListening(string source, string address);

    [LoggerMessage(2, LogLevel.Warning, "Source {Source}: a connection could not be accepted: {Reason}")]
    private partial void LogNotAccepted(string source, string reason);

    [LoggerMessage(3, LogLevel.Error, "Source {Source}: a connection from {Peer} ended by a failure; the others go on")]
    private partial void LogFailed(Exception failure, string source, IPAddress peer);
}

/// <summary>How a source that is told to end does so, step by step.</summary>
/// <param name="Frames">From now on no new frame is waited for.</param>
/// <param name="Receiving">The rest of a frame that had begun is waited for no longer.</param>
/// <param name="Journalling">The journal's room is waited for no longer.</param>
internal sealed record SyslogStop(CancellationToken Frames, CancellationToken Receiving, CancellationToken Journalling);
