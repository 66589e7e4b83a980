using System.Text;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Matches comments with a word of the list. The file of the list is looked at every few seconds; one that cannot be read, or has what is no
/// word, leaves the list as it was.
/// </summary>
internal sealed class WordsRule : ITextRule, IDisposable
{
    /// <summary>How often the file is looked at.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private const int MaxBytes = 10 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly WordsOptions _options;
    private readonly ReviewLog _log;
    private readonly ITimer? _timer;
    private readonly Lock _reading = new();
    private volatile WordList _words;
    private (DateTime Written, long Length) _read;

    /// <exception cref="OptionsValidationException">The file cannot be read, or has what is no word.</exception>
    public WordsRule(WordsOptions options, TimeProvider time, ReviewLog log)
    {
        (_options, _log) = (options, log);
        try
        {
            _words = WordList.Create(options.File is null ? options.List : [.. options.List, .. ReadFile(options.File)]);
        }
        catch (Exception exception) when (IsWrong(exception))
        {
            var setting = options.File is null ? "List" : "File";
            throw new OptionsValidationException(
                nameof(WordsOptions), typeof(WordsOptions), [$"Setting Moderation:Words:{setting}: {exception.Message}"]);
        }

        if (options.File is not null) _timer = time.CreateTimer(_ => Look(options.File), null, LookAgain, LookAgain);
    }

    /// <summary>How many words the list has now.</summary>
    public int Count => _words.Count;

    public ReviewVerdict? Judge(CommentDraft draft)
    {
        var words = _words;
        // A name that an issuer vouches for is the issuer's affair.
        var word = words.Find(draft.Message) ?? (draft.Identity is { Verified: true } ? null : words.Find(draft.Author));
        return word is null ? null : ReviewVerdict.Of(_options.Verdict, "word-list") with { Word = word };
    }

    public void Dispose() => _timer?.Dispose();

    private void Look(string file)
    {
        // A list may take longer to build than the time between two looks.
        if (!_reading.TryEnter()) return;
        try
        {
            if (StampOf(file) == _read) return;
            _words = WordList.Create([.. _options.List, .. ReadFile(file)]);
            _log.WordsRead(_words.Count);
        }
        catch (Exception exception) when (IsWrong(exception))
        {
            _log.WordsWrong(exception.Message);
        }
        finally
        {
            _reading.Exit();
        }
    }

    private List<string> ReadFile(string file)
    {
        // Taken before it is read: what is written meanwhile is read the next time.
        _read = StampOf(file);
        if (_read.Length > MaxBytes) throw new FormatException($"The file is larger than {MaxBytes >> 20} MiB.");
        // A mark of the byte order may stand first.
        var text = StrictUtf8.GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF');
        return [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }

    private static (DateTime Written, long Length) StampOf(string file)
    {
        // Of what a link leads to: lists that an orchestrator mounts are links.
        using var handle = File.OpenHandle(file);
        return (File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));
    }

    private static bool IsWrong(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException or NotSupportedException;
}
