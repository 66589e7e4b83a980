using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Polly;

namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// The table of segments: partition key <c>video</c>, sort key <c>position</c>. Segments are written once, and anew where comments are
/// erased.
/// </summary>
internal sealed class SegmentTable(IAmazonDynamoDB client, string table, ResiliencePipeline retries)
{
    public const string Video = "video";
    public const string Position = "position";

    private const string Writer = "writer";
    private const string Comments = "comments";
    private const string Erasures = "erasures";
    private const int MaxPage = 256;
    private const int ScanPage = 1_000;

    /// <summary>Writes a segment if no other has its position; false if one has. Each write is made once, or fails.</summary>
    public async Task<bool> TryPutAsync(LiveVideoId liveVideoId, AppendItem segment)
    {
        var item = Key(liveVideoId, segment.Position);
        item[Writer] = new() { B = new(segment.Writer.ToByteArray()) };
        item[Comments] = new() { B = segment.Pack() };
        var request = new PutItemRequest { TableName = table, Item = item, ConditionExpression = $"attribute_not_exists({Video})" };
        var outcomeUnknown = false;
        return await retries.ExecuteAsync(async cancellation =>
        {
            if (outcomeUnknown && await WriterAtAsync(liveVideoId, segment.Position, cancellation) is { } writer)
                return writer == segment.Writer;
            try
            {
                await client.PutItemAsync(request, cancellation);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                // Perhaps by ourselves: an earlier try, or one that something on the way repeated.
                return await WriterAtAsync(liveVideoId, segment.Position, cancellation) == segment.Writer;
            }
            catch (Exception exception) when (!exception.IsRefusal())
            {
                outcomeUnknown = true;
                throw;
            }
        });
    }

    /// <summary>
    /// Writes a segment in place of the one that it was before comments were erased in it. False if that is no longer there, perhaps
    /// because the answer to an earlier try was lost: read it again.
    /// </summary>
    public async Task<bool> TryReplaceAsync(LiveVideoId liveVideoId, AppendItem segment)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(liveVideoId, segment.Position),
            UpdateExpression = "SET #comments = :comments, #erasures = :erasures",
            ConditionExpression =
                $"#writer = :writer AND {(segment.Erasures == 0 ? "attribute_not_exists(#erasures)" : "#erasures = :before")}",
            ExpressionAttributeNames = new() { ["#comments"] = Comments, ["#erasures"] = Erasures, ["#writer"] = Writer },
            ExpressionAttributeValues = new()
            {
                [":comments"] = new() { B = segment.Pack() },
                [":erasures"] = Number(segment.Erasures + 1),
                [":writer"] = new() { B = new(segment.Writer.ToByteArray()) },
            },
        };
        if (segment.Erasures > 0) request.ExpressionAttributeValues[":before"] = Number(segment.Erasures);
        try
        {
            await retries.ExecuteAsync(async cancellation => await client.UpdateItemAsync(request, cancellation));
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Reads the segment at a position; null if there is none.</summary>
    public async Task<AppendItem?> ReadAtAsync(LiveVideoId liveVideoId, CommentId position)
    {
        var request = new GetItemRequest { TableName = table, Key = Key(liveVideoId, position), ConsistentRead = true };
        var found = await retries.ExecuteAsync(async cancellation => await client.GetItemAsync(request, cancellation));
        return found.Item is { Count: > 0 } item ? ToSegment(liveVideoId, item) : null;
    }

    /// <summary>
    /// Reads the segments at positions below <paramref name="before"/>, newest first: the first <paramref name="page"/> of them at once,
    /// then ever more.
    /// </summary>
    public async IAsyncEnumerable<AppendItem> ReadBackAsync(
        LiveVideoId liveVideoId, CommentId before, int page, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Nothing is before the first.
        if (before == CommentId.None) yield break;
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = $"{Video} = :video AND #position < :before",
            // "position" is a word of the query language's own.
            ExpressionAttributeNames = new() { ["#position"] = Position },
            ExpressionAttributeValues = new() { [":video"] = new(liveVideoId.ToString()), [":before"] = Number(before.Value) },
            ScanIndexForward = false,
            ConsistentRead = true,
            Limit = page,
        };
        do
        {
            var found = await retries.ExecuteAsync(async token => await client.QueryAsync(request, token), cancellation);
            foreach (var item in found.Items ?? []) yield return ToSegment(liveVideoId, item);
            request.ExclusiveStartKey = found.LastEvaluatedKey;
            request.Limit = Math.Min(MaxPage, request.Limit!.Value * 4);
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>
    /// Reads which logs there are. Each has one segment at the first position. DynamoDB reads the whole table for it and counts that, page
    /// by page, one after the other.
    /// </summary>
    public async IAsyncEnumerable<string> ScanVideosAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new ScanRequest
        {
            TableName = table,
            ProjectionExpression = Video,
            FilterExpression = "#position = :first",
            ExpressionAttributeNames = new() { ["#position"] = Position },
            ExpressionAttributeValues = new() { [":first"] = Number(CommentId.None.Value) },
            ConsistentRead = true,
            Limit = ScanPage,
        };
        do
        {
            var found = await retries.ExecuteAsync(async token => await client.ScanAsync(request, token), cancellation);
            foreach (var item in found.Items ?? []) yield return item[Video].S;
            request.ExclusiveStartKey = found.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private async Task<Guid?> WriterAtAsync(LiveVideoId liveVideoId, CommentId position, CancellationToken cancellation)
    {
        var found = await client.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Key(liveVideoId, position),
                ConsistentRead = true,
                ProjectionExpression = Writer,
            },
            cancellation);
        return found.Item is { Count: > 0 } item ? new Guid(item[Writer].B.ToArray()) : null;
    }

    private static Dictionary<string, AttributeValue> Key(LiveVideoId liveVideoId, CommentId position) =>
        new() { [Video] = new(liveVideoId.ToString()), [Position] = Number(position.Value) };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static AppendItem ToSegment(LiveVideoId liveVideoId, Dictionary<string, AttributeValue> item) => AppendItem.Unpack(
        liveVideoId,
        new(long.Parse(item[Position].N, CultureInfo.InvariantCulture)),
        new(item[Writer].B.ToArray()),
        item[Comments].B) with
    {
        Erasures = item.TryGetValue(Erasures, out var erasures) ? int.Parse(erasures.N, CultureInfo.InvariantCulture) : 0,
    };
}
