using System.Net;

namespace Reeve.Store.Loading;

/// <summary>The body of an insert: a run of rows of a writer, sent from its chunks without copying. The writer must outlive the request.</summary>
internal sealed class RowsContent(RowBinaryWriter rows, int firstRow, int count) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var slice in rows.Slices(firstRow, count))
            await stream.WriteAsync(slice, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        foreach (var slice in rows.Slices(firstRow, count))
            length += slice.Length;
        return true;
    }
}
