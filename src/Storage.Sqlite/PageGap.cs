using System.Buffers.Binary;

namespace LiveComments.Storage.Sqlite;

/// <summary>
/// The bytes of a page between its list of cells and the cells. When SQLite spreads rows over pages anew, copies of rows stay there that are
/// in another place by then: <c>secure_delete</c> does not overwrite them, now or when the row is deleted.
/// </summary>
internal static class PageGap
{
    /// <summary>
    /// The most pages of a database: 128 GiB. In a larger one, pages that hold the ends of long rows might begin as those with cells do,
    /// since they begin with the number of a page.
    /// </summary>
    public const int MostPages = (Interior << 24) - 1;

    // The kinds of pages in tables without row ids, as all of ours are.
    private const int Interior = 2;
    private const int Leaf = 10;

    /// <summary>Overwrites the gap with zeros. A page of another kind stays as it is.</summary>
    public static void Clear(Span<byte> page)
    {
        var header = page[0] switch { Leaf => 8, Interior => 12, _ => 0 };
        if (header == 0) return;
        var begin = header + (2 * BinaryPrimitives.ReadUInt16BigEndian(page[3..]));
        var end = BinaryPrimitives.ReadUInt16BigEndian(page[5..]);
        if (begin < end && end <= page.Length) page[begin..end].Clear();
    }
}
