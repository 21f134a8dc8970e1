using System.Security.Cryptography;

namespace Telephony.Functions.Http;

/// <summary>
/// The body of a request as it is being read: no more of it than a limit, and only what can be UTF-8. It knows its own
/// hash once it has been read to the end.
/// </summary>
sealed class CsvBody(Stream body, int bytesMax) : Stream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long read;
    byte first;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <summary>Of all bytes that were read so far: the same file has the same one.</summary>
    public string Hash => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <exception cref="CsvFaultException">The body is too long, or begins as UTF-16 or UTF-32 do.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        var bytes = buffer[..count];
        if (read + count > bytesMax)
            throw new CsvFaultException(Problems.BodyTooLarge(bytesMax));

        // The mark may come in two pieces. The CSV library would follow it, and read what we say that we do not take.
        if (read < 2 && count > 0 && (read == 0 && count > 1 ? Mark(bytes.Span[0], bytes.Span[1]) : read == 1
            && Mark(first, bytes.Span[0])))
        {
            throw new CsvFaultException(Problems.BadCsv(CsvErrors.BadEncoding(1)));
        }

        if (read == 0 && count > 0)
            first = bytes.Span[0];
        hash.AppendData(bytes.Span);
        read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>FF FE, FE FF, or two of the zeros that UTF-32 begins with.</summary>
    static bool Mark(byte one, byte two) => (one, two) is (0xFF, 0xFE) or (0xFE, 0xFF) or (0, 0);
}

/// <summary>The body cannot be read on; the problem says why.</summary>
sealed class CsvFaultException(Problem problem) : IOException(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
