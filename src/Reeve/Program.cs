using Reeve.Commands;

return await CommandLine.RunAsync(args);
