namespace LiveComments.Site.Tests;

internal static class Routing
{
    /// <summary>The node that gave an answer, which is then done with.</summary>
    public static string NodeOf(HttpResponseMessage answer)
    {
        using (answer) return Assert.Single(answer.Headers.GetValues(Site.NodeHeader));
    }
}
