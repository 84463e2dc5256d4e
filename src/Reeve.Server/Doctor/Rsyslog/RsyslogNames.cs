namespace Reeve.Server.Doctor.Rsyslog;

/// <summary>The names that rsyslog 8 knows, of the modules that audit logs pass through (rsyslog.com/doc).</summary>
internal static class RsyslogNames
{
    /// <summary>The directives of imfile.</summary>
    public static readonly string[] FileDirectives =
    [
        "InputFileName", "InputFileTag", "InputFileStateFile", "InputFileSeverity", "InputFileFacility", "InputRunFileMonitor", "InputFilePollInterval",
        "InputFilePersistStateInterval", "InputFileReadMode", "InputFileMaxLinesAtOnce", "InputFileBindRuleset",
    ];

    /// <summary>Directives that are often meant by those that do not exist.</summary>
    public static readonly string[] CommonDirectives = ["ModLoad", "MaxMessageSize", "WorkDirectory", "ActionResumeRetryCount", "ActionQueueType", "ActionQueueFileName", "ActionQueueSaveOnShutdown", "ActionQueueMaxDiskSpace"];

    /// <summary>The parameters of inputs from files.</summary>
    public static readonly string[] FileInput =
    [
        "type", "file", "tag", "facility", "severity", "persiststateinterval", "startmsg.regex", "endmsg.regex", "readtimeout", "readmode", "escapelf", "escapelf.replacement", "maxlinesatonce",
        "maxsubmitatonce", "maxbytesperminute", "maxlinesperminute", "deletestateonfiledelete", "deletestateonfilemove", "ruleset", "addmetadata", "addceetag", "reopenontruncate",
        "trimlineoverbytes", "freshstarttail", "discardtruncatedmsg", "msgdiscardingerror", "needparse", "ignoreolderthan", "name", "statefile", "sortfiles", "ratelimit.name",
    ];

    private static readonly string[] EveryAction =
    [
        "type", "name", "template",
        "action.writeallmarkmessages", "action.execonlyeverynthtime", "action.execonlyeverynthtimetimeout", "action.errorfile", "action.errorfile.maxsize", "action.execonlyonceeveryinterval",
        "action.execonlywhenpreviousissuspended", "action.repeatedmsgcontainsoriginalmsg", "action.resumeretrycount", "action.resumeinterval", "action.resumeintervalmax", "action.reportsuspension",
        "action.reportsuspensioncontinuation", "action.copymsg", "action.externalstate.file",
    ];

    /// <summary>The parameters of sending by RELP, those of every action among them.</summary>
    public static readonly string[] RelpAction =
    [
        .. EveryAction, "target", "port", "tls", "tls.compression", "tls.prioritystring", "tls.cacert", "tls.mycert", "tls.myprivkey", "tls.tlscfgcmd", "tls.authmode", "tls.permittedpeer",
        "timeout", "conn.timeout", "windowsize", "rebindinterval", "keepalive", "keepalive.probes", "keepalive.interval", "keepalive.time", "localclientip",
    ];

    /// <summary>The parameters of sending by TCP and UDP, those of every action among them.</summary>
    public static readonly string[] ForwardAction =
    [
        .. EveryAction,
        "target", "port", "protocol", "tcp_framing", "tcp_framedelimiter", "networknamespace", "address", "device", "ziplevel", "compression.mode", "compression.stream.flushontxend",
        "rebindinterval", "resendlastmsgonreconnect", "streamdriver", "streamdriver.name", "streamdrivermode", "streamdriver.mode", "streamdriverauthmode", "streamdriver.authmode", "streamdriverpermittedpeers",
        "streamdriver.permittedpeers", "streamdriver.permitexpiredcerts", "streamdriver.checkextendedkeypurpose", "streamdriver.prioritizesan", "streamdriver.tlsverifydepth", "streamdriver.cafile", "streamdriver.crlfile",
        "streamdriver.keyfile", "streamdriver.certfile", "udp.senddelay", "udp.sendtoall", "udp.sendbuf", "gnutlsprioritystring", "keepalive", "keepalive.probes", "keepalive.interval", "keepalive.time", "conerrskip", "ipfreebind",
        "maxerrormessages", "pool.resumeinterval", "targetsrv", "extendedconnectioncheck", "iobuffer.maxsize", "ratelimit.interval", "ratelimit.burst",
    ];

    /// <summary>Whether a parameter belongs to a queue, which every action and ruleset has.</summary>
    public static bool IsOfQueue(string parameter) => parameter.StartsWith("queue.", StringComparison.Ordinal);
}
