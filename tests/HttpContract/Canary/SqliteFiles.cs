using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;

namespace LiveComments.HttpContract.Canary;

/// <summary>The files of a SQLite database that servers have open.</summary>
public static class SqliteFiles
{
    private const int Page = 4096;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    /// <summary>
    /// Looks at the files as the servers leave them: what was removed is not there, and <paramref name="left"/> is. Where somebody read
    /// while something was removed, that is in the files until it is tried again.
    /// </summary>
    public static async Task CheckAsync(string database, CanaryTexts texts, string left)
    {
        // A copy that stays would be waited for in each round.
        if (texts.Faults.Count > 0) return;
        (string Name, string Text)[] files = [];
        try
        {
            await Patience.UntilAsync(async () =>
            {
                // In this order: what leaves the write-ahead log meanwhile is in the database.
                files = [("the write-ahead log", await ReadAsync($"{database}-wal")), ("the database", await ReadAsync(database))];
                return files.All(file => texts.FindRemoved(file.Text).Count == 0);
            });
        }
        catch (TimeoutException)
        {
            foreach (var (name, text) in files)
                foreach (var (removed, at) in texts.FindRemoved(text))
                    texts.Report($"{removed} is in {name}, {PlaceOf(at, text, isLog: name != "the database")}; {RowsWith(removed, database)}");
        }

        if (!files.Any(file => file.Text.Contains(left, StringComparison.Ordinal)))
            texts.Report($"{left} is not in the database's files, and nobody has removed it");
    }

    private static async Task<string> ReadAsync(string file)
    {
        if (!File.Exists(file)) return "";
        // It may become shorter meanwhile.
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Where in a file something is: in a row, or in what no row uses.</summary>
    private static string PlaceOf(int at, string file, bool isLog)
    {
        var frame = isLog ? (at - LogHeader) / (FrameHeader + Page) : 0;
        var begin = isLog ? LogHeader + (frame * (FrameHeader + Page)) + FrameHeader : at / Page * Page;
        var number = isLog ? BinaryPrimitives.ReadInt32BigEndian(Bytes(begin - FrameHeader, 4)) : (at / Page) + 1;
        var head = Bytes(begin, 12);
        var (kind, header) = head[0] switch { 2 => ("interior", 12), 10 => ("leaf", 8), _ => ($"kind {head[0]}", 0) };
        var gap = header + (2 * BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3)));
        var cells = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(5));
        var inPage = at - begin;
        var part = header == 0 ? "" : inPage >= cells ? " among the cells" : inPage >= gap ? " in the gap before the cells" : " in the header";
        return $"{(isLog ? $"frame {frame}, " : "")}page {number} ({kind}) at {inPage}{part}";

        byte[] Bytes(int from, int count) => Encoding.Latin1.GetBytes(file.Substring(from, count));
    }

    private static string RowsWith(string text, string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM comments WHERE instr(message, $text)";
        command.Parameters.AddWithValue("$text", text);
        return $"{command.ExecuteScalar()} rows have it";
    }
}
