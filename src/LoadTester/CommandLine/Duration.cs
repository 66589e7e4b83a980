using System.CommandLine;
using System.Globalization;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>Options that are a time: a number with a unit, such as 500ms, 30s or 2m.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static Option<TimeSpan> Option(string name, TimeSpan usual, string description) => new(name)
    {
        Description = $"{description} Such as 500ms, 30s or 2m.",
        HelpName = "time",
        DefaultValueFactory = _ => usual,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (!TryParse(text, out var time))
                argument.AddError($"{name} must be a time up to a day, such as 500ms, 30s or 2m, not '{text}'.");

            return time;
        },
    };

    private static bool TryParse(string text, out TimeSpan time)
    {
        var unitAt = text.Length - text.AsSpan().TrimStart("0123456789.").Length;
        var (number, unit) = (text[..unitAt], text[unitAt..]);
        var seconds = unit switch { "ms" => 0.001, "s" or "" => 1, "m" => 60, "h" => 3600, _ => double.NaN };
        if (!double.TryParse(number, CultureInfo.InvariantCulture, out var count) || !(count * seconds <= Longest.TotalSeconds))
        {
            time = default;
            return false;
        }

        time = TimeSpan.FromSeconds(count * seconds);
        return true;
    }
}
