namespace LiveComments;

/// <summary>An erasure as its log has it.</summary>
/// <param name="Erasure">How far it is.</param>
/// <param name="Begun">The entry that it was asked for with: no other job has it.</param>
/// <param name="By">The process that works on it, or did last.</param>
/// <param name="News">The last entry about it.</param>
/// <param name="Seen">When that entry was read or written here: a timestamp of this process.</param>
internal sealed record ErasureJob(Erasure Erasure, CommentId Begun, Guid By, CommentId News, long Seen)
{
    /// <summary>Whether it is not done yet.</summary>
    public bool IsRunning => Erasure.Ended is null;
}
