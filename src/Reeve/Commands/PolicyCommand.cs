using System.CommandLine;

namespace Reeve.Commands;

/// <summary><c>reeve policy</c>: the workbench for audit policies.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var command = new Command("policy", "Checks audit policies of kube-apiserver, explains and tries them, says which rules they blind, and suggests one.")
        {
            PolicyCheckCommand.Create(),
            PolicyExplainCommand.Create(),
            PolicySimulateCommand.Create(),
            PolicyCoverageCommand.Create(),
            PolicySuggestCommand.Create(),
        };
        ExampleHelp.AddTo(command, "reeve policy check /etc/kubernetes/audit-policy.yaml", "reeve policy coverage --policy audit-policy.yaml", "reeve policy suggest /var/log/kubernetes/audit > audit-policy.yaml");
        return command;
    }
}
