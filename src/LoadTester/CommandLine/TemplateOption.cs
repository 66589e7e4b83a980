using System.CommandLine;
using System.CommandLine.Parsing;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>Options that are parts of a request, most of them with placeholders.</summary>
internal static class TemplateOption
{
    /// <summary>A path with its query.</summary>
    public static Option<string> Path(string name, string usual, string description, IReadOnlyList<Placeholder> allowed) =>
        Create(name, usual, Describe(description, allowed), text =>
            !text.StartsWith('/') || text.Any(c => c is <= ' ' or > '~')
                ? $"must be a path such as {usual}, percent-encoded, not '{Printable(text)}'."
                : FindFault(text, allowed));

    /// <summary>Text of any number of lines.</summary>
    public static Option<string> Text(string name, string usual, string description, IReadOnlyList<Placeholder> allowed) =>
        Create(name, usual, Describe(description, allowed), text => FindFault(text, allowed));

    /// <summary>One line without placeholders.</summary>
    public static Option<string> Line(string name, string usual, string description) =>
        Create(name, usual, description, text => text.Any(char.IsControl) ? $"must be one line, not '{Printable(text)}'." : null);

    /// <summary>One word of letters.</summary>
    public static Option<string> Word(string name, string usual, string description) =>
        Create(name, usual, description, text =>
            text.Length > 0 && text.All(char.IsAsciiLetter) ? null : $"must be a word such as {usual}, not '{Printable(text)}'.");

    /// <summary>Header fields, each with its name; repeatable.</summary>
    public static Option<string[]> Headers(string name, string description, IReadOnlyList<Placeholder> allowed)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{Describe(description, allowed)} Repeatable.",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value))
                AddError(result, name, IsHeader(text) ? FindFault(text, allowed) : $"must be 'Name: value', not '{Printable(text)}'.");
        });
        return option;
    }

    private static Option<string> Create(string name, string usual, string description, Func<string, string?> findFault)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var text]) AddError(result, name, findFault(text.Value));
        });
        return option;
    }

    private static void AddError(SymbolResult result, string name, string? fault)
    {
        if (fault is not null) result.AddError($"{name} {fault}");
    }

    private static string? FindFault(string text, IReadOnlyList<Placeholder> allowed)
    {
        try
        {
            _ = new Template(text, allowed);
            return null;
        }
        catch (FormatException fault)
        {
            return $"is not valid: {fault.Message}";
        }
    }

    private static bool IsHeader(string text) =>
        text.IndexOf(':') is var colon and > 0 && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && !text.Any(char.IsControl);

    private static string Describe(string description, IReadOnlyList<Placeholder> allowed) =>
        $"{description} May have {string.Join(", ", allowed.Select(Template.Name))}.";

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
