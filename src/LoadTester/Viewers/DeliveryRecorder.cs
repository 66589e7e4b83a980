using System.Buffers.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Sse;

namespace LiveComments.LoadTester.Viewers;

/// <summary>Takes the events of one viewer's stream: has them checked, and counts them.</summary>
internal sealed class DeliveryRecorder(ViewerContext context, DeliveryCheck check, bool isSlow) : ISseEventHandler
{
    // Slow viewers are told late by their own doing.
    private long ToldAt => isSlow ? 0 : context.Now;

    public void OnEvent(SseEvent received)
    {
        if (context.Plan.Options.Requests.AnyEvent) OnAnyEvent(received.Data);
        else if (received.Type.SequenceEqual("comment"u8)) OnComment(received);
        else if (received.Type.SequenceEqual("comment-removed"u8)) OnRemoval(received);
        else if (received.Type.SequenceEqual("gap"u8)) OnGap(received);
    }

    /// <summary>Takes a removal that has been read already.</summary>
    public void OnRemoval(long id, ToldRemoval removal)
    {
        var totals = context.Totals;
        var delivery = check.ReceiveRemoval(id, removal, ToldAt);
        totals.Removals += delivery == Delivery.Doubled ? 0 : 1;
        totals.RemovalsDoubled += delivery == Delivery.Doubled ? 1 : 0;
        totals.OutOfOrder += delivery == Delivery.OutOfOrder ? 1 : 0;
    }

    private void OnComment(SseEvent received)
    {
        var id = ReadId(received);
        var data = received.Data;
        if (CommentMarker.TryTake(ref data, context.Plan.Marker, out var marker))
        {
            OnOwnComment(id, marker, received.Data);
            return;
        }

        context.Totals.Foreign++;
        Count(check.ReceiveForeign(id, received.Data));
    }

    private long ReadId(SseEvent received)
    {
        if (Utf8Parser.TryParse(received.Id, out long id, out var length) && length == received.Id.Length && id > 0) return id;
        context.Totals.Malformed++;
        return 0;
    }

    private void OnAnyEvent(ReadOnlySpan<byte> data)
    {
        while (CommentMarker.TryTake(ref data, context.Plan.Marker, out var marker)) OnOwnComment(id: 0, marker, default);
    }

    private void OnOwnComment(long id, CommentMarker marker, ReadOnlySpan<byte> data)
    {
        var delivery = check.Receive(id, marker, data);
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
        totals.Resurrected += (delivery & Delivery.Resurrected) != 0 ? 1 : 0;
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

    private void OnRemoval(SseEvent received)
    {
        var id = ReadId(received);
        if (ToldRemoval.Parse(received.Data) is { } removal) OnRemoval(id, removal);
        else context.Totals.Malformed++;
    }

    private void OnGap(SseEvent received)
    {
        if (Gap.TryParse(received.Data, out var gap)) check.TellGap(gap, ToldAt);
        else context.Totals.Malformed++;

        if (isSlow) context.Totals.SlowGaps++;
        else context.Totals.Gaps++;
    }
}
