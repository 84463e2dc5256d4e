namespace Reeve.Journaling.Tests.Support;

/// <summary>
/// A file as a disk with a cache sees it: what programs read, and what would be left after a power cut. Not thread-safe.
/// </summary>
internal sealed class MemoryFile
{
    private const int Page = 4096;

    private readonly HashSet<int> _dirty = [];
    private byte[] _durable = [];
    private bool _sizeDirty;

    /// <summary>What programs read.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>A file that is wholly on the disk.</summary>
    public static MemoryFile Of(byte[] content) => new() { Content = content, _durable = [.. content] };

    /// <summary>A copy, with what is synced and what is not.</summary>
    public MemoryFile Copy()
    {
        var copy = new MemoryFile { Content = [.. Content], _durable = [.. _durable], _sizeDirty = _sizeDirty };
        copy._dirty.UnionWith(_dirty);
        return copy;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > Content.Length)
            SetLength(offset + bytes.Length);
        bytes.CopyTo(Content.AsSpan((int)offset));
        for (var page = (int)(offset / Page); page <= (offset + bytes.Length - 1) / Page; page++)
            _dirty.Add(page);
    }

    public void SetLength(long length)
    {
        var content = Content;
        Array.Resize(ref content, (int)length);
        Content = content;
        _sizeDirty = true;
        _dirty.Add((int)(length / Page));
    }

    public void Sync()
    {
        Array.Resize(ref _durable, Content.Length);
        foreach (var page in _dirty)
            CopyPage(_durable, page, Content.Length);
        _dirty.Clear();
        _sizeDirty = false;
    }

    /// <summary>A failed fsync as Linux has it: some pages were not written and yet are clean from now on.</summary>
    public void LoseDirtyPages(Random random) => _dirty.RemoveWhere(_ => random.Next(2) == 0);

    /// <summary>What a power cut leaves: what was synced and any part of the rest, torn at any byte.</summary>
    public MemoryFile AfterPowerCut(Random random)
    {
        var length = !_sizeDirty ? Content.Length : random.Next(3) switch
        {
            0 => _durable.Length,
            1 => Content.Length,
            _ => random.Next(Math.Min(_durable.Length, Content.Length), Math.Max(_durable.Length, Content.Length) + 1),
        };
        var left = new byte[length];
        _durable.AsSpan(0, Math.Min(length, _durable.Length)).CopyTo(left);
        foreach (var page in _dirty)
        {
            if (random.Next(2) == 0)
                continue;
            var whole = random.Next(3) > 0;
            CopyPage(left, page, length, whole ? Page : random.Next(Page));
        }

        return Of(left);
    }

    private void CopyPage(byte[] into, int page, int length, int bytes = Page)
    {
        var offset = page * Page;
        var count = Math.Min(bytes, Math.Min(length, Content.Length) - offset);
        if (count > 0)
            Content.AsSpan(offset, count).CopyTo(into.AsSpan(offset));
    }
}
