namespace Reeve.Server.Policies;

/// <summary>
/// Work that takes a processor: one piece at a time, and for the same question only once, however many ask it. What nobody waits for any
/// more is ended, and so is what takes too long. Thread-safe.
/// </summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <param name="gate">What one piece at a time passes; work of several kinds can share it.</param>
/// <param name="kept">How many answers are kept, the least recently asked for going first.</param>
/// <param name="longest">How long a piece may take, waiting for others among it.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedWork<TResult>(SemaphoreSlim gate, int kept, TimeSpan longest, TimeProvider time)
    where TResult : notnull
{
    /// <summary>The most that wait at once.</summary>
    public const int MostWaiting = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, Piece> _running = [];
    private readonly LinkedList<(object Question, TResult Answer)> _answers = new();

    /// <summary>The answer to a question.</summary>
    /// <param name="question">What is asked, by value.</param>
    /// <param name="isKept">Whether the answer is worth keeping.</param>
    /// <param name="work">Finds it; runs on a thread of its own.</param>
    /// <param name="ct">Ends the waiting, and the work where nobody else waits for it.</param>
    /// <exception cref="PolicyWorkException">It took too long, or too many wait already.</exception>
    public async Task<TResult> RunAsync(object question, bool isKept, Func<CancellationToken, TResult> work, CancellationToken ct)
    {
        Piece piece;
        lock (_lock)
        {
            if (TryFind(question, out var answer))
                return answer;
            piece = Join(question, isKept, work);
        }

        try
        {
            return await piece.Answer.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PolicyWorkException("It took too long: the policy or the traffic is too large for it, or others asked before.");
        }
        finally
        {
            Leave(question, piece);
        }
    }

    private bool TryFind(object question, out TResult answer)
    {
        for (var node = _answers.First; node is not null; node = node.Next)
        {
            if (!node.Value.Question.Equals(question))
                continue;
            _answers.Remove(node);
            _answers.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }

        answer = default!;
        return false;
    }

    private Piece Join(object question, bool isKept, Func<CancellationToken, TResult> work)
    {
        if (_running.TryGetValue(question, out var running))
        {
            running.Waiting++;
            return running;
        }

        if (_running.Count >= MostWaiting)
            throw new PolicyWorkException("Others are waiting for such answers already. Ask again in a moment.");
        // Waiting counts from here: who asks is answered, or told so, within that time.
        var stop = new CancellationTokenSource();
        var late = new CancellationTokenSource(longest, time);
        var piece = new Piece(Task.Run(() => DoAsync(question, isKept, work, stop, late), CancellationToken.None), stop);
        _running.Add(question, piece);
        return piece;
    }

    private async Task<TResult> DoAsync(object question, bool isKept, Func<CancellationToken, TResult> work, CancellationTokenSource stop, CancellationTokenSource late)
    {
        using var own = late;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, late.Token);
        await gate.WaitAsync(either.Token);
        try
        {
            var answer = work(either.Token);
            if (isKept)
                Keep(question, answer);
            return answer;
        }
        finally
        {
            gate.Release();
        }
    }

    private void Keep(object question, TResult answer)
    {
        lock (_lock)
        {
            _answers.AddFirst((question, answer));
            while (_answers.Count > kept)
                _answers.RemoveLast();
        }
    }

    private void Leave(object question, Piece piece)
    {
        lock (_lock)
        {
            if (--piece.Waiting > 0)
                return;
            // Who comes now begins anew.
            if (_running.GetValueOrDefault(question) == piece)
                _running.Remove(question);
        }

        piece.Stop.Cancel();
    }

    private sealed class Piece(Task<TResult> answer, CancellationTokenSource stop)
    {
        public Task<TResult> Answer { get; } = answer;

        public CancellationTokenSource Stop { get; } = stop;

        public int Waiting { get; set; } = 1;
    }
}

/// <summary>Work that was not done, with the reason in a sentence for people.</summary>
/// <param name="message">The reason.</param>
/// <param name="isForever">Whether it will not be done later either: it is the question that is wrong.</param>
internal sealed class PolicyWorkException(string message, bool isForever = false) : Exception(message)
{
    /// <summary>Whether it will not be done later either.</summary>
    public bool IsForever => isForever;
}
