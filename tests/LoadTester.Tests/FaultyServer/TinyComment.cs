namespace LiveComments.LoadTester.Tests.FaultyServer;

internal sealed record TinyComment(long Id, string Json)
{
    public string ToEvent(bool withId, string newLine) =>
        (withId ? $"id: {Id}{newLine}" : "") + $"event: comment{newLine}data: {Json}{newLine}{newLine}";
}
