namespace LiveComments.LoadTester.Posters;

/// <param name="Number">Its number in the run, from 0.</param>
/// <param name="Video">The video it is posted on.</param>
/// <param name="Sequence">Its number on that video, from 0.</param>
/// <param name="Due">When it was to be posted, in nanoseconds.</param>
/// <param name="Sent">When it was, in nanoseconds.</param>
/// <param name="Removes">Its id, if it is posted already and now being removed; else 0.</param>
internal readonly record struct PostedComment(int Number, int Video, int Sequence, long Due, long Sent, long Removes = 0);
