using LiveComments.LoadTester.Crowd;

namespace LiveComments.LoadTester.Posters;

/// <summary>Which comment is due when, and on which video: fixed before the run, whatever the server does.</summary>
internal sealed class PostSchedule
{
    private readonly VideoLaw _law;
    private readonly double _nanosecondsBetween;

    /// <param name="law">How comments spread over the videos.</param>
    /// <param name="videos">How many videos there are.</param>
    /// <param name="rate">Comments a second; 0 for none.</param>
    /// <param name="length">How long comments are due.</param>
    public PostSchedule(VideoLaw law, int videos, double rate, TimeSpan length)
    {
        _law = law;
        _nanosecondsBetween = rate > 0 ? 1e9 / rate : 0;
        Total = (int)(rate * length.TotalSeconds);
        var perVideo = new int[videos];
        for (var comment = 0; comment < Total; comment++) perVideo[law.OfComment(comment)]++;

        PerVideo = perVideo;
    }

    /// <summary>How many comments are due in all.</summary>
    public int Total { get; }

    /// <summary>How many comments are due on each video.</summary>
    public IReadOnlyList<int> PerVideo { get; }

    public int VideoOf(int comment) => _law.OfComment(comment);

    /// <summary>How many comments are due in so many nanoseconds from the first.</summary>
    public int DueWithin(long nanoseconds) =>
        _nanosecondsBetween > 0 ? (int)Math.Min(Total, Math.Ceiling(nanoseconds / _nanosecondsBetween)) : 0;

    /// <summary>Nanoseconds from the first comment to this one.</summary>
    public long DueAfter(int comment) => (long)(comment * _nanosecondsBetween);
}
