using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract.Canary;

/// <summary>A node or an edge at which canaries are looked for.</summary>
/// <param name="Name">What a failure calls it.</param>
/// <param name="Client">Reads there, and posts there or elsewhere.</param>
/// <param name="BoundAt">
/// How long after its removal was acknowledged a text may still come from there to who asked at this timestamp.
/// </param>
public sealed record CanaryPlace(string Name, CommentsClient Client, Func<long, TimeSpan> BoundAt);
