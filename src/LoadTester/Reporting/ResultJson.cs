using System.Text.Json;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Writes a result for programs.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(string path, LoadTestResult result)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, result, Options);
    }
}
