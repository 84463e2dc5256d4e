namespace Reeve.Store.Loading;

/// <summary>
/// Brings the rest of a batch that was not taken whole into the store, in pieces. What is stored of it already is left out of every piece,
/// because a piece has a token of its own and would store those rows again.
/// </summary>
internal sealed class BatchSplit(BatchInsert insert, StoredRows stored, RefusedRows refused, StoreLoaderOptions options)
{
    /// <summary>Returns when every row is stored or given up; answers how many were given up.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="answer">What became of it when it was sent whole; null where that is not known any more.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<int> StoreRestAsync(EventBatch batch, InsertAnswer? answer, CancellationToken cancellationToken)
    {
        var givenUp = new HashSet<ulong>();
        if (answer is { } known)
            await DivideAsync(batch, known, 0, givenUp, cancellationToken);
        for (var round = answer is null ? 0 : 1; ; round++)
        {
            // Whatever was sent before a crash may have been noted and lost: looked for until nothing is missing.
            var missing = await stored.MissingAsync(batch, settled: true, cancellationToken);
            missing.RemoveAll(row => givenUp.Contains(batch.SequenceOf(row)));
            if (missing.Count == 0)
                return givenUp.Count;
            using var rest = batch.Only(missing);
            await SendAsync(rest, round, givenUp, cancellationToken);
        }
    }

    private async Task SendAsync(EventBatch piece, int round, HashSet<ulong> givenUp, CancellationToken cancellationToken)
    {
        var answer = await insert.TryAsync(piece, Token(piece, round), doubtful: false, cancellationToken);
        if (!answer.Stored)
            await DivideAsync(piece, answer, round, givenUp, cancellationToken);
    }

    private async Task DivideAsync(EventBatch piece, InsertAnswer answer, int round, HashSet<ulong> givenUp, CancellationToken cancellationToken)
    {
        var missing = await stored.MissingAsync(piece, answer.InDoubt || options.Replicated, cancellationToken);
        if (missing.Count == 0)
            return;
        if (piece.Count == 1)
        {
            if (!await refused.StoreReducedAsync(piece.SequenceOf(0), Token(piece, round), cancellationToken))
                givenUp.Add(piece.SequenceOf(0));
            return;
        }

        foreach (var half in missing.Chunk((missing.Count + 1) / 2))
        {
            using var rows = piece.Only(half);
            await SendAsync(rows, round, givenUp, cancellationToken);
        }
    }

    // A token that was noted without its rows is worth nothing: each round has its own.
    private string Token(EventBatch piece, int round)
    {
        var bounds = $"{options.Server}-{piece.SequenceOf(0)}-{piece.SequenceOf(piece.Count - 1)}";
        return round == 0 ? bounds : $"{bounds}-again-{round}";
    }
}
