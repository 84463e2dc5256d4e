namespace Reeve.Audit.Entries;
