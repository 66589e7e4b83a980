using System.Net;
using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>An error in the form of RFC 9457. Reading one checks that all of its parts are there and agree with the status.</summary>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>Reads the problem that an answer carries, and fails where it has another status or is no problem+json.</summary>
    public static async Task<Problem> ReadAsync(HttpStatusCode expected, HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(
                expected == answer.StatusCode, $"{answer.RequestMessage}\nexpected {(int)expected}, got {(int)answer.StatusCode}: {body}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            return Parse(expected, body);
        }
    }

    /// <summary>Reads the JSON of a problem.</summary>
    public static Problem Parse(HttpStatusCode expected, string json)
    {
        var problem = JsonSerializer.Deserialize<Problem>(json, JsonSerializerOptions.Web)!;
        Assert.Equal((int)expected, problem.Status);
        Assert.False(problem.Type is null or "" or "about:blank", $"The problem has no type of its own: {json}");
        Assert.False(string.IsNullOrWhiteSpace(problem.Title), $"The problem has no title: {json}");
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail), $"The problem has no detail: {json}");
        return problem;
    }
}
