using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace LiveComments.Deploy.Tests;

/// <summary>The NuGet packages that <c>dotnet pack</c> makes.</summary>
public sealed class PackagesTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Libraries =>
    [
        "Comments", "WebFrontend", "Storage.Sqlite", "Storage.DynamoDb", "Storage.Orleans", "Grains.Interfaces", "Grains", "Grains.Client",
    ];

    [Fact]
    public void Every_library_and_the_load_tester_are_packages_and_nothing_else_is() =>
        Assert.Equal(
            Libraries.Append("LoadTester").Select(PackageOf).Order(),
            Directory.EnumerateFiles(packed.Folder, "*.nupkg").Order());

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_has_its_documentation_licence_and_readme(string library)
    {
        using var package = ZipFile.OpenRead(PackageOf(library));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        var metadata = MetadataOf(package);

        Assert.Contains($"lib/net10.0/LiveComments.{library}.dll", files);
        Assert.Contains($"lib/net10.0/LiveComments.{library}.xml", files);
        Assert.Contains(metadata["readme"], files);
        Assert.Equal("MIT", metadata["license"]);
        Assert.Equal(PackedLibraries.Version, metadata["version"]);
        Assert.Equal("The LiveComments authors", metadata["authors"]);
        Assert.NotEqual("Package Description", metadata["description"]);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_a_package_needs_of_the_project_is_a_package_too(string library)
    {
        using var package = ZipFile.OpenRead(PackageOf(library));
        using var nuspec = NuspecOf(package);
        var needed = XDocument.Load(nuspec).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value)
            .ToList();

        Assert.DoesNotContain("MinVer", needed);
        Assert.All(
            needed.Where(id => id.StartsWith("LiveComments.", StringComparison.Ordinal)),
            id => Assert.True(File.Exists(PackageOf(id["LiveComments.".Length..])), id));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_lead_to_the_sources_of_the_commit(string library)
    {
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(PackageOf(library), "snupkg"));
        using var file = symbols.GetEntry($"lib/net10.0/LiveComments.{library}.pdb")!.Open();
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file, MetadataStreamOptions.PrefetchMetadata);
        var reader = provider.GetMetadataReader();

        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLink);

        Assert.Contains(
            PackedLibraries.Origin.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal),
            Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)), StringComparison.Ordinal);
    }

    private string PackageOf(string library) => Path.Combine(packed.Folder, $"LiveComments.{library}.{PackedLibraries.Version}.nupkg");

    private static Stream NuspecOf(ZipArchive package) =>
        package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();

    private static Dictionary<string, string> MetadataOf(ZipArchive package)
    {
        using var nuspec = NuspecOf(package);
        return XDocument.Load(nuspec).Root!.Elements().Single().Elements()
            .ToDictionary(element => element.Name.LocalName, element => element.Value);
    }
}
