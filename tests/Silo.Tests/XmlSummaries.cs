using System.Reflection;
using System.Xml.Linq;

namespace LiveComments.Silo.Tests;

/// <summary>The summaries of types and properties as Markdown, from the documentation files beside their assemblies.</summary>
internal static class XmlSummaries
{
    /// <summary>The summary of a type.</summary>
    public static string Of(Type type) => Read(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property.</summary>
    public static string Of(PropertyInfo property) =>
        Read(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Read(Assembly assembly, string member)
    {
        var summary = XDocument.Load(Path.ChangeExtension(assembly.Location, "xml"))
            .Descendants("member").SingleOrDefault(element => element.Attribute("name")?.Value == member)?.Element("summary");
        Assert.True(summary is not null, $"{member} has no summary.");
        var words = string.Concat(summary.Nodes().Select(ToMarkdown)).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string ToMarkdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } cref => $"`{cref.Value[(cref.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };
}
