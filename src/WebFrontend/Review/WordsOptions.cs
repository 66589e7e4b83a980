using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Review;

/// <summary>Words that comments and the names that authors choose are held or refused for: the section <c>Moderation:Words</c>.</summary>
public sealed record WordsOptions
{
    /// <summary>
    /// A file with a word or phrase on each line, in UTF-8, up to 100,000 and 10 MiB; lines that begin with <c>#</c> are comments. It is
    /// looked at every 5 seconds and read again when it has changed.
    /// </summary>
    public string? File { get; set; }

    /// <summary>Words and phrases besides those of the file. At the start or end of one, <c>*</c> stands for any letters.</summary>
    public IReadOnlyList<string> List { get; set; } = [];

    /// <summary>What becomes of a comment with one of them: <c>Hold</c> or <c>Refuse</c>. Default <c>Hold</c>.</summary>
    [EnumDataType(typeof(RuleVerdict))]
    public RuleVerdict Verdict { get; set; }
}
