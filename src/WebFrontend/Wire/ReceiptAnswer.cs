using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>Who of those who watch was told of a removal, over all nodes and edges.</summary>
/// <param name="RemovalId">The removal.</param>
/// <param name="WereSent">How many connected viewers had been sent one of the comments at least.</param>
/// <param name="Told">How many of those were told.</param>
/// <param name="NotYet">How many of those were not told yet.</param>
/// <param name="Left">How many of those have left before they were told.</param>
/// <param name="Relays">How many edges followed the video.</param>
/// <param name="RelaysReported">How many of those have reported; their viewers are counted.</param>
/// <param name="ToldWithinMs">How long it took; absent while nobody was told.</param>
/// <param name="Nodes">How many nodes have answered.</param>
/// <param name="NodesMissing">How many nodes have not; their viewers are not counted.</param>
/// <param name="Complete">Whether all are counted, and there is nobody left who was not told.</param>
internal sealed record ReceiptAnswer(
    CommentId RemovalId,
    long WereSent,
    long Told,
    long NotYet,
    long Left,
    long Relays,
    long RelaysReported,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ToldWithin? ToldWithinMs,
    int Nodes,
    int NodesMissing,
    bool Complete)
{
    /// <summary>The answer that says a sum.</summary>
    public static ReceiptAnswer Of(CommentId removal, ReceiptSum sum)
    {
        var total = sum.Total;
        var within = total.MedianMs is { } half ? new ToldWithin(half, total.NearlyAllMs!.Value) : null;
        return new(
            removal, total.WereSent, total.Told, total.WereSent - total.Told - total.Left, total.Left, total.Relays, total.RelaysReported,
            within, sum.Nodes, sum.NodesMissing, sum.IsComplete);
    }
}

/// <summary>Milliseconds from when the removal was taken until the event had been written.</summary>
/// <param name="P50">Half were told within it.</param>
/// <param name="P99">99 of 100 were.</param>
internal sealed record ToldWithin(int P50, int P99);
