using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>Who of those who watch here was told of a removal.</summary>
/// <param name="RemovalId">The removal.</param>
/// <param name="WereSent">How many connected viewers had been sent one of the comments at least.</param>
/// <param name="Told">How many of those were told.</param>
/// <param name="NotYet">How many of those were not told yet.</param>
/// <param name="Left">How many of those have left before they were told.</param>
/// <param name="Relays">How many of those are edges, whose own viewers are not counted.</param>
/// <param name="ToldWithinMs">How long it took; absent while nobody was told.</param>
/// <param name="Nodes">How many nodes were asked: this one.</param>
/// <param name="Complete">Whether there is nobody left who was not told.</param>
internal sealed record ReceiptAnswer(
    CommentId RemovalId,
    int WereSent,
    int Told,
    int NotYet,
    int Left,
    int Relays,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ToldWithin? ToldWithinMs,
    int Nodes,
    bool Complete);

/// <summary>Milliseconds from when the removal was taken until the event had been written.</summary>
/// <param name="P50">Half were told within it.</param>
/// <param name="P99">99 of 100 were.</param>
internal sealed record ToldWithin(int P50, int P99);
