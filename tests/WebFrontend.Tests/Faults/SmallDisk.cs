using System.Diagnostics;

namespace LiveComments.WebFrontend.Tests.Faults;

/// <summary>A file system in memory of 2 MB, which a test can fill. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-disk-");

    /// <param name="access"><c>rw</c>, or <c>ro</c> for one that nobody may write to, not even root.</param>
    public SmallDisk(string access = "rw")
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size=2m,{access}", "none", _folder.FullName) == 0) return;
        _folder.Delete();
        throw new NotSupportedException("Mounting is not permitted here.");
    }

    /// <summary>The setting that puts the database there.</summary>
    public string Setting => $"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}";

    private string Filler => Path.Combine(_folder.FullName, "filler");

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true) filler.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "-l", _folder.FullName);
        _folder.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
