using System.Net;
using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A removal's receipt as it stands on the wire.</summary>
public sealed record Receipt(
    string RemovalId, int WereSent, int Told, int NotYet, int Left, int Relays, int RelaysReported, int? P50, int? P99, int Nodes,
    int NodesMissing, bool Complete)
{
    /// <summary>Reads the receipt of a removal again and again until it is complete.</summary>
    public static Task<Receipt> OfAsync(CommentsClient client, string video, string removal, string token) =>
        OfAsync(client, video, removal, token, receipt => receipt.Complete);

    /// <summary>Reads the receipt of a removal again and again until it is as wanted.</summary>
    public static async Task<Receipt> OfAsync(
        CommentsClient client, string video, string removal, string token, Func<Receipt, bool> isWanted)
    {
        Receipt? receipt = null;
        await Patience.UntilAsync(async () =>
        {
            receipt = await ReadAsync(client, video, removal, token);
            return isWanted(receipt);
        });
        return receipt!;
    }

    /// <summary>Reads the receipt of a removal as it is now.</summary>
    public static async Task<Receipt> ReadAsync(CommentsClient client, string video, string removal, string token)
    {
        using var answer = await client.ReadAsAsync($"/comments/{video}/removals/{removal}", token);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        var json = document.RootElement;
        var within = json.TryGetProperty("toldWithinMs", out var told) ? told : (JsonElement?)null;
        Assert.Equal(removal, json.GetProperty("removalId").GetString());
        return new(
            removal, Number("wereSent"), Number("told"), Number("notYet"), Number("left"), Number("relays"), Number("relaysReported"),
            within?.GetProperty("p50").GetInt32(), within?.GetProperty("p99").GetInt32(), Number("nodes"), Number("nodesMissing"),
            json.GetProperty("complete").GetBoolean());

        int Number(string name) => json.GetProperty(name).GetInt32();
    }

    /// <summary>The body of an edge's report.</summary>
    public static string Report(string removal, int wereSent, int told, Guid? edge = null) => JsonSerializer.Serialize(new
    {
        edge = edge ?? Guid.NewGuid(),
        reports = new[]
        {
            new
            {
                removalId = removal,
                share = new { wereSent, told, left = 0, relays = 0, relaysReported = 0, times = new[] { 5, told } },
            },
        },
    });
}
