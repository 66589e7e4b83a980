using System.Text.Json;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Writes a result for programs.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the file; to be called before the run, so that no result is lost for want of a folder.</summary>
    /// <exception cref="LoadTestException">It cannot be written.</exception>
    public static FileStream Create(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException)
        {
            throw new LoadTestException($"--json: {impossible.Message}");
        }
    }

    public static Task WriteAsync(Stream file, LoadTestResult result) => JsonSerializer.SerializeAsync(file, result, Options);
}
