using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LiveComments.Silo.Tests;

/// <summary>The settings of one section as a Markdown table, taken from the class that holds them.</summary>
/// <param name="section">The section, as <c>Limits</c>.</param>
/// <param name="options">The class. A new instance has the defaults.</param>
internal sealed partial class SettingsTable(string section, Type options)
{
    /// <summary>The table, after the sentence that says what the section is for.</summary>
    public string ToMarkdown()
    {
        var purpose = XmlSummaries.Of(options).Replace($": the section `{section}`", "", StringComparison.Ordinal);
        var defaults = Activator.CreateInstance(options)!;
        var rows = options.GetProperties().Where(property => property.CanWrite).Select(property => Row(property, property.GetValue(defaults)));
        return string.Join('\n', [purpose, "", "| setting | default | bounds | |", "|---|---|---|---|", .. rows]);
    }

    private string Row(PropertyInfo property, object? value)
    {
        // A column has the default already, unless the text says why it is that.
        var text = PlainDefault().Replace(XmlSummaries.Of(property), "");
        return $"| `{section}:{property.Name}` | {DefaultText(value)} | {Bounds(property)} | {text} |";
    }

    private static string DefaultText(object? value) => value switch
    {
        null => "none",
        bool yes => yes ? "`true`" : "`false`",
        string text => $"`{text}`",
        IEnumerable list => list.Cast<object>().Any()
            ? throw new NotSupportedException("A list with a default needs a text here.")
            : "none",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string Bounds(PropertyInfo property) =>
        string.Join("; ", property.GetCustomAttributes<ValidationAttribute>().Select(bound => bound switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum:N0} to {range.Maximum:N0}"),
        MinLengthAttribute length => $"{length.Length} characters or more",
        RegularExpressionAttribute pattern => $"`{pattern.Pattern}`",
        RequiredAttribute => "required",
        EnumDataTypeAttribute choice => string.Join(", ", Enum.GetNames(choice.EnumType).Select(name => $"`{name}`")),
        _ => throw new NotSupportedException($"{bound.GetType().Name} needs a text here."),
    }));

    [GeneratedRegex(@" Default (`[^`]+`|none|no|true|null|[\d,]+( KiB| MiB)?)\.(?= |$)")]
    private static partial Regex PlainDefault();
}
