using System.Globalization;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads parameters of a query strictly: digits and nothing else.</summary>
internal static class Query
{
    /// <summary>Reads a count, or <paramref name="absent"/> if it is missing; false if it is out of bounds.</summary>
    public static bool TryParseCount(string? text, int least, int most, int absent, out int count)
    {
        if (text is null)
        {
            count = absent;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least && count <= most;
    }
}
