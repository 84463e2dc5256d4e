using System.Text;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>How a program takes a password by a short option.</summary>
/// <param name="Program">The program's name, or the beginning of the names of its family.</param>
/// <param name="Option">The option.</param>
/// <param name="Attached">Whether only what is attached to it is a password: <c>-psecret</c>.</param>
/// <param name="IsPair">Whether its value is <c>user:password</c>.</param>
internal sealed record CommandOption(string Program, string Option, bool Attached = false, bool IsPair = false)
{
    /// <summary>Every such option. Long options that say secret need no row.</summary>
    public static CommandOption[] All { get; } =
    [
        new("mysql", "-p", Attached: true),
        new("mariadb", "-p", Attached: true),
        new("sshpass", "-p"),
        new("redis-cli", "-a"),
        new("curl", "-u", IsPair: true),
        new("curl", "--user", IsPair: true),
        new("curl", "-U", IsPair: true),
        new("curl", "--proxy-user", IsPair: true),
        new("mongo", "-p"),
        new("ldap", "-w"),
        new("sqlcmd", "-P"),
        new("login", "-p"),
    ];

    public byte[] ProgramBytes { get; } = Encoding.ASCII.GetBytes(Program);

    public byte[] OptionBytes { get; } = Encoding.ASCII.GetBytes(Option);
}
