namespace LiveComments;

/// <summary>
/// Who has posted to a video lately, and what, as far as its settings need it: of up to <see cref="Most"/> authors and texts. Made from the
/// last comments of the log, and in memory alone. It is used in the turns of the video alone.
/// </summary>
internal sealed class LastPosts
{
    /// <summary>The most authors, and the most texts.</summary>
    public const int Most = 10_000;

    private readonly TimeSpan _slow;
    private readonly TimeSpan _unique;
    private readonly Recently<AuthorId, bool> _authors;
    private readonly Recently<PostedText, bool> _texts;

    public LastPosts(VideoSettings settings, TimeProvider time)
    {
        (_slow, _unique) = (TimeSpan.FromSeconds(settings.SlowSeconds), TimeSpan.FromSeconds(settings.UniqueSeconds));
        (_authors, _texts) = (new(Most, _slow, time), new(Most, _unique, time));
    }

    /// <summary>Takes note of a comment, except of moderators and owners: whoever repeats what they have said may.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="age">How long ago it was posted.</param>
    public void Add(Comment comment, TimeSpan age = default)
    {
        if (comment.Identity is not { Role: AuthorRole.Viewer, Id: var author }) return;
        if (age < _slow) _authors.Add(author, true, age);
        if (age < _unique) _texts.Add(PostedText.Of(author, comment.Message), true, age);
    }

    /// <summary>How long an author has to wait before the next post; zero or less if no longer.</summary>
    public TimeSpan WaitOf(AuthorId author) => _authors.TryGet(author, out _, out var age) ? _slow - age : TimeSpan.Zero;

    /// <summary>Whether this text was posted lately.</summary>
    public bool Has(PostedText text) => _texts.TryGet(text, out _, out var age) && age < _unique;
}
