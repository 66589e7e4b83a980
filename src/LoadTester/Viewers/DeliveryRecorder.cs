using System.Buffers.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Sse;

namespace LiveComments.LoadTester.Viewers;

/// <summary>Takes the events of one viewer's stream: has them checked, and counts them.</summary>
internal sealed class DeliveryRecorder(ViewerContext context, DeliveryCheck check, bool isSlow) : ISseEventHandler
{
    public void OnEvent(SseEvent received)
    {
        if (context.Plan.Options.Requests.AnyEvent) OnAnyEvent(received.Data);
        else if (received.Type.SequenceEqual("comment"u8)) OnComment(received);
        else if (received.Type.SequenceEqual("gap"u8)) OnGap(received);
    }

    private void OnComment(SseEvent received)
    {
        var totals = context.Totals;
        if (!Utf8Parser.TryParse(received.Id, out long id, out var length) || length < received.Id.Length || id <= 0)
        {
            id = 0;
            totals.Malformed++;
        }

        var data = received.Data;
        if (CommentMarker.TryTake(ref data, context.Plan.Marker, out var marker))
        {
            OnOwnComment(id, marker);
            return;
        }

        totals.Foreign++;
        Count(check.ReceiveForeign(id));
    }

    private void OnAnyEvent(ReadOnlySpan<byte> data)
    {
        while (CommentMarker.TryTake(ref data, context.Plan.Marker, out var marker)) OnOwnComment(id: 0, marker);
    }

    private void OnOwnComment(long id, CommentMarker marker)
    {
        var delivery = check.Receive(id, marker);
        context.Totals.BeforeJoin += delivery is Delivery.BeforeJoin or Delivery.OutOfOrder ? 1 : 0;
        if ((delivery & Delivery.Live) != 0) CountDelivery(marker.Due);
        Count(delivery);
    }

    private void Count(Delivery delivery)
    {
        if (delivery is Delivery.Live or Delivery.BeforeJoin) return;
        var totals = context.Totals;
        totals.Doubled += (delivery & Delivery.Doubled) != 0 ? 1 : 0;
        totals.OutOfOrder += (delivery & Delivery.OutOfOrder) != 0 ? 1 : 0;
        totals.Astray += (delivery & Delivery.Astray) != 0 ? 1 : 0;
    }

    private void CountDelivery(long due)
    {
        var totals = context.Totals;
        totals.Deliveries++;
        if (context.Window is { } window)
        {
            totals.DeliveriesInWindow += window.Contains(context.Now) ? 1 : 0;
            // What slow viewers read late, they read late by their own doing.
            if (!isSlow && window.Contains(due)) totals.EndToEnd.Record(context.Now - due);
        }
    }

    private void OnGap(SseEvent received)
    {
        if (Gap.TryParse(received.Data, out var gap)) check.TellGap(gap.After, gap.Before);
        else context.Totals.Malformed++;

        if (isSlow) context.Totals.SlowGaps++;
        else context.Totals.Gaps++;
    }
}
