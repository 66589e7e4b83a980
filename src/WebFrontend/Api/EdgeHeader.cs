namespace LiveComments.WebFrontend.Api;

/// <summary>The header in which an edge says, where it asks for a stream, which one it is: its reports of receipts say it, too.</summary>
internal static class EdgeHeader
{
    public const string Name = "LiveComments-Edge";

    /// <summary>Reads the id; null if it is none. Who says none is an edge that cannot report.</summary>
    public static Guid? Parse(string? text) => Guid.TryParseExact(text, "D", out var edge) && edge != Guid.Empty ? edge : null;
}
