using System.Text;
using System.Text.RegularExpressions;

namespace LiveComments.LoadTester.Requests;

/// <summary>
/// A path, header or body with placeholders. Braces around anything but a lower-case word stand for themselves, as those of JSON do.
/// </summary>
internal sealed partial class Template
{
    private readonly List<(string Text, Placeholder? Placeholder)> _parts = [];

    /// <exception cref="FormatException">It names a placeholder that there is not; the message says which there are.</exception>
    public Template(string text, IReadOnlyList<Placeholder> allowed)
    {
        var start = 0;
        foreach (Match match in Braces().Matches(text))
        {
            if (!Enum.TryParse<Placeholder>(match.Groups[1].Value, ignoreCase: true, out var placeholder) || !allowed.Contains(placeholder))
                throw new FormatException($"{match.Value} is no placeholder here; there are {string.Join(", ", allowed.Select(Name))}.");
            _parts.Add((text[start..match.Index], placeholder));
            start = match.Index + match.Length;
        }

        _parts.Add((text[start..], null));
    }

    /// <summary>How a template names a placeholder.</summary>
    public static string Name(Placeholder placeholder) => $"{{{placeholder.ToString().ToLowerInvariant()}}}";

    /// <summary>Whether it names this placeholder.</summary>
    public bool Has(Placeholder placeholder) => _parts.Exists(part => part.Placeholder == placeholder);

    /// <summary>Appends the text with these values in the place of the placeholders.</summary>
    public void AppendTo(StringBuilder text, in PlaceholderValues values)
    {
        foreach (var (part, placeholder) in _parts)
        {
            text.Append(part);
            if (placeholder is { } named) values.AppendTo(text, named);
        }
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Braces();
}
