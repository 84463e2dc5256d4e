using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Sources.Listening;

/// <summary>
/// Takes audit events over TCP, plain or by TLS. Every connection is read on its own: one that fails, is slow or sends
/// nonsense disturbs no other. A connection is never closed for being quiet.
/// </summary>
/// <param name="options">Where it listens, and to whom.</param>
/// <param name="connect">What reads a connection of a sender.</param>
/// <param name="troubles">Where to say why a connection was not read.</param>
/// <param name="report">Where to say what it is doing.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class ListeningSource(
    ListeningOptions options, Func<ByteChannel, Sender, IConnection> connect, ListeningTroubles troubles, ListeningReport report,
    TimeProvider time, ILogger<ListeningSource> log) : ISource
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
        using var handshake = options.Tls is { } tls ? TlsHandshake.Load(tls) : null;
        using var listener = Bind();
        var address = listener.LocalEndPoint!.ToString()!;
        LogListening(options.Name, options.Protocol, address);
        using var own = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var receiving = new CancellationTokenSource();
        using var journalling = new CancellationTokenSource();
        var stop = new ListeningStop(own.Token, receiving.Token, journalling.Token);
        var reporting = ReportAsync(address, own.Token);
        try
        {
            while (true)
                await AcceptAsync(listener, handshake, stop);
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

    private async Task AcceptAsync(Socket listener, TlsHandshake? handshake, ListeningStop stop)
    {
        Socket socket;
        IPAddress peer;
        try
        {
            socket = await listener.AcceptAsync(stop.Frames);
            // An answer is small and waits for nothing.
            socket.NoDelay = true;
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
            Start(socket, peer, handshake, stop);
    }

    private void Refuse(Socket socket, Action note)
    {
        socket.Dispose();
        report.Refused();
        note();
    }

    private void Start(Socket socket, IPAddress peer, TlsHandshake? handshake, ListeningStop stop)
    {
        report.Connected();
        var running = Task.Run(() => ReadAsync(socket, peer, handshake, stop), CancellationToken.None);
        lock (_gate)
            _open.Add(running);
        _ = running.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ReadAsync(Socket socket, IPAddress peer, TlsHandshake? handshake, ListeningStop stop)
    {
        try
        {
            await using var plain = new NetworkStream(socket, ownsSocket: true);
            if (handshake is null)
                await connect(new(socket, plain), new(peer)).RunAsync(stop);
            else
                await ReadAsync(socket, plain, peer, handshake, stop);
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

    private async Task ReadAsync(Socket socket, NetworkStream plain, IPAddress peer, TlsHandshake handshake, ListeningStop stop)
    {
        await using var encrypted = new SslStream(plain, leaveInnerStreamOpen: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Frames);
        patience.CancelAfter(options.HandshakeTime);
        try
        {
            await handshake.RunAsync(encrypted, patience.Token);
        }
        catch (Exception failure) when (failure is AuthenticationException or OperationCanceledException)
        {
            if (stop.Frames.IsCancellationRequested)
                return;
            report.Refused();
            troubles.NoTls(options.Identify(new(peer)), TlsHandshake.ReasonOf(failure));
            return;
        }
        catch (IOException)
        {
            // Whoever opens a connection and closes it again looks whether somebody listens.
            return;
        }

        await connect(new(socket, encrypted), new(peer, TlsHandshake.NameOf(encrypted))).RunAsync(stop);
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

    [LoggerMessage(1, LogLevel.Information, "Source {Source}: listening for {Protocol} on {Address}")]
    private partial void LogListening(string source, string protocol, string address);

    [LoggerMessage(2, LogLevel.Warning, "Source {Source}: a connection could not be accepted: {Reason}")]
    private partial void LogNotAccepted(string source, string reason);

    [LoggerMessage(3, LogLevel.Error, "Source {Source}: a connection from {Peer} ended by a failure; the others go on")]
    private partial void LogFailed(Exception failure, string source, IPAddress peer);
}
