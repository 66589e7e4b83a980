using System.Buffers;

namespace LiveComments.LoadTester.Http;

/// <summary>Bytes kept from one read to the next. Takes an array from the pool only while it holds any.</summary>
internal struct PooledBytes
{
    private byte[]? _array;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_array is null || Length + bytes.Length > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length + bytes.Length);
            Span.CopyTo(larger);
            Return();
            _array = larger;
        }

        bytes.CopyTo(_array.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Drops bytes from the front.</summary>
    public void Consume(int count)
    {
        Length -= count;
        if (Length == 0) Return();
        else _array.AsSpan(count, Length).CopyTo(_array);
    }

    public void Clear() => Consume(Length);

    private void Return()
    {
        if (_array is not null)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = null;
        }
    }
}
