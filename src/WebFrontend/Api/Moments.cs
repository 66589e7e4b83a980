using System.Globalization;
using System.Xml;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads moments as requests name them: a duration from now (ISO 8601, <c>PT10M</c>) or a time (RFC 3339).</summary>
internal static class Moments
{
    /// <summary>
    /// Reads a moment that has passed, where a duration leads back from <paramref name="now"/>. None is before 1970.
    /// </summary>
    public static bool TryParseBack(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        var valid = TryParse(text, now, forward: false, out moment);
        if (moment < DateTimeOffset.UnixEpoch) moment = DateTimeOffset.UnixEpoch;
        return valid && moment <= now;
    }

    /// <summary>Reads a moment, where a duration leads on from <paramref name="now"/>.</summary>
    public static bool TryParseAhead(string text, DateTimeOffset now, out DateTimeOffset moment) =>
        TryParse(text, now, forward: true, out moment);

    /// <summary>Reads a time.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static bool TryParse(string text, DateTimeOffset now, bool forward, out DateTimeOffset moment)
    {
        if (!text.StartsWith('P')) return TryParse(text, out moment);
        moment = default;
        try
        {
            var duration = XmlConvert.ToTimeSpan(text);
            // Longer than the time that there is.
            if (duration > now - DateTimeOffset.MinValue || duration > DateTimeOffset.MaxValue - now) return !forward;
            moment = forward ? now + duration : now - duration;
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return false;
        }
    }
}
