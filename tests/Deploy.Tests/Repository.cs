namespace LiveComments.Deploy.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    /// <summary>The path of a file or folder in it.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "LiveComments.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout."));
}
