namespace LiveComments.Deploy.Tests;

/// <summary>The NuGet packages that <c>dotnet pack</c> makes.</summary>
public sealed class PackagesTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    private static readonly string[] Ids =
    [
        "LiveComments.Comments", "LiveComments.WebFrontend", "LiveComments.Storage.Sqlite", "LiveComments.Storage.DynamoDb",
        "LiveComments.Storage.Orleans", "LiveComments.Storage.PostgreSql", "LiveComments.Grains.Interfaces", "LiveComments.Grains",
        "LiveComments.Grains.Client", "LiveComments.Client", "LiveComments.Firehose", "LiveComments.Firehose.Redis",
    ];

    public static TheoryData<string> Libraries => [.. Ids];

    [Fact]
    public void Every_library_and_the_load_tester_are_packages_and_nothing_else_is() =>
        Assert.Equal(
            Ids.Append("LiveComments.LoadTester").Order(),
            Package.All(packed.Folder).Select(package => package.Metadata["id"]).Order());

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation_licence_readme_and_symbols(string id)
    {
        var package = Package.In(packed.Folder, id);

        Assert.Contains($"lib/net10.0/{id}.dll", package.Files);
        Assert.Contains($"lib/net10.0/{id}.xml", package.Files);
        Assert.Contains($"lib/net10.0/{id}.pdb", package.SymbolFiles());
        Assert.Contains(package.Metadata["readme"], package.Files);
        Assert.Equal("MIT", package.Metadata["license"]);
        Assert.Equal("The LiveComments authors", package.Metadata["authors"]);
        Assert.NotEqual("Package Description", package.Metadata["description"]);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_a_library_needs_of_the_project_is_a_package_too(string id)
    {
        var needed = Package.In(packed.Folder, id).Dependencies;

        Assert.DoesNotContain("MinVer", needed);
        Assert.Subset(Ids.ToHashSet(), needed.Where(need => need.StartsWith("LiveComments.", StringComparison.Ordinal)).ToHashSet());
    }
}
