using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace LiveComments.Deploy.Tests;

/// <summary>A NuGet package in a folder, with its package of symbols beside it.</summary>
/// <param name="Path">The <c>.nupkg</c> file.</param>
internal sealed record Package(string Path)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>The only package with this id in a folder.</summary>
    public static Package In(string folder, string id) => All(folder).Single(package => package.Metadata["id"] == id);

    /// <summary>All packages in a folder.</summary>
    public static IEnumerable<Package> All(string folder) => Directory.EnumerateFiles(folder, "*.nupkg").Select(path => new Package(path));

    /// <summary>The paths of its files.</summary>
    public IReadOnlyList<string> Files { get; } = FilesOf(Path);

    /// <summary>The texts of its description, such as <c>id</c> and <c>license</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } =
        Description(Path).Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

    /// <summary>The ids of the packages that it needs.</summary>
    public IReadOnlyList<string> Dependencies { get; } =
    [
        .. Description(Path).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value),
    ];

    private string SymbolsPath => System.IO.Path.ChangeExtension(Path, "snupkg");

    /// <summary>The paths of the files of its symbols.</summary>
    public IReadOnlyList<string> SymbolFiles() => FilesOf(SymbolsPath);

    /// <summary>Where a debugger finds the sources, as JSON, or null if the symbols do not say.</summary>
    public string? SourceLinkOf(string symbols)
    {
        using var package = ZipFile.OpenRead(SymbolsPath);
        using var file = package.GetEntry(symbols)!.Open();
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        bytes.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
        var reader = provider.GetMetadataReader();
        foreach (var information in reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation))
        {
            if (reader.GetGuid(information.Kind) == SourceLink) return Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value));
        }

        return null;
    }

    private static List<string> FilesOf(string path)
    {
        using var package = ZipFile.OpenRead(path);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    private static XElement Description(string path)
    {
        using var package = ZipFile.OpenRead(path);
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }
}
