using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>Sums up what is known here of who was told of a removal.</summary>
internal static class ReceiptSum
{
    private const double Half = 0.5;
    private const double NearlyAll = 0.99;

    /// <summary>The answer: of no receipt, that nobody here had been sent anything.</summary>
    public static ReceiptAnswer Of(CommentId removal, IReadOnlyList<RemovalReceipt> receipts)
    {
        var times = new ReceiptTimes();
        var (sent, told, left, relays) = (0, 0, 0, 0);
        foreach (var receipt in receipts)
        {
            times.Add(receipt.Times);
            (sent, told, left, relays) =
                (sent + receipt.WereSent, told + receipt.Told, left + receipt.Left, relays + receipt.Relays);
        }

        var within = times.Within(Half) is { } half ? new ToldWithin(half, times.Within(NearlyAll)!.Value) : null;
        return new(removal, sent, told, sent - told - left, left, relays, within, Nodes: 1, Complete: sent == told + left);
    }
}
