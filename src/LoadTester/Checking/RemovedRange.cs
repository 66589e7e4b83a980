using System.Text;

namespace LiveComments.LoadTester.Checking;

/// <summary>The comments from one id to another that a viewer was told to be removed: those of an author, or all.</summary>
internal readonly record struct RemovedRange(long From, long To, string? AuthorId)
{
    /// <summary>Whether a comment may be one of them, whoever wrote it.</summary>
    public bool MayInclude(long id) => id >= From && id <= To;

    /// <summary>Whether a comment is one of them. Its data says who wrote it: no text in there has a quote that is not escaped.</summary>
    public bool Includes(long id, ReadOnlySpan<byte> data) =>
        MayInclude(id) && (AuthorId is null || data.IndexOf(Encoding.UTF8.GetBytes($"\"authorId\":\"{AuthorId}\"")) >= 0);
}
