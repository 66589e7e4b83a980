namespace LiveComments.Deploy.Tests;

/// <summary>What <c>.dockerignore</c> lets through to a build, copied to a folder of its own. It has no git history.</summary>
internal static class BuildContext
{
    /// <summary>Copies the context of the repository.</summary>
    /// <exception cref="NotSupportedException">A pattern is not one of <c>*</c>, <c>!name</c>, <c>**/name</c>.</exception>
    public static void CopyTo(string folder)
    {
        var patterns = File.ReadLines(Repository.PathOf(".dockerignore")).Where(line => line is not ("" or ['#', ..])).ToList();
        if (patterns is not ["*", ..] || patterns.Skip(1).Any(pattern => pattern is not (['!', ..] or ['*', '*', '/', ..])))
            throw new NotSupportedException($"The tests read no such .dockerignore: {string.Join(' ', patterns)}");

        var ignored = patterns.Where(pattern => pattern is ['*', '*', '/', ..]).Select(pattern => pattern[3..]).ToHashSet();
        foreach (var pattern in patterns.Where(pattern => pattern is ['!', ..]))
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(Repository.Root, pattern[1..])) Copy(path, folder, ignored);
        }
    }

    /// <summary>Copies a file or folder into another folder, but for what has one of these names.</summary>
    public static void Copy(string path, string folder, IReadOnlySet<string> ignored)
    {
        var name = Path.GetFileName(path);
        if (ignored.Contains(name)) return;

        var copy = Path.Combine(folder, name);
        if (Directory.Exists(path))
        {
            Directory.CreateDirectory(copy);
            foreach (var inside in Directory.EnumerateFileSystemEntries(path)) Copy(inside, copy, ignored);
        }
        else
        {
            File.Copy(path, copy);
        }
    }
}
