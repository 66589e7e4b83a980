using System.Globalization;
using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A removal as it stands on the stream. Reading one checks its form to the letter.</summary>
/// <param name="Id">The id of the event.</param>
/// <param name="Ids">The comments; none if it is a range.</param>
/// <param name="AuthorId">The author of a range; null if it is of everybody's.</param>
/// <param name="From">The first id of a range.</param>
/// <param name="To">The last id of a range.</param>
public sealed record PostedRemoval(string Id, IReadOnlyList<string> Ids, string? AuthorId, string? From, string? To)
{
    /// <summary>The id as the 64-bit number that it is.</summary>
    public long Number => long.Parse(Id, CultureInfo.InvariantCulture);

    /// <summary>Reads one, and fails where its form is not the contract's.</summary>
    public static PostedRemoval Parse(string id, string json)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone());
        // Told before its place it has no id there, but says the one that it will have.
        Assert.Equal(id.Length == 0, members.Remove("early"));
        if (members.TryGetValue("ids", out var ids))
        {
            Assert.Equal(["ids"], members.Keys);
            return new(id, [.. ids.EnumerateArray().Select(comment => comment.GetString()!)], null, null, null);
        }

        var author = members.TryGetValue("authorId", out var authorId);
        Assert.Equal(author ? ["authorId", "from", "to"] : ["from", "to"], members.Keys);
        return new(id, [], author ? authorId.GetString() : null, members["from"].GetString(), members["to"].GetString());
    }
}
