using System.CommandLine;
using System.CommandLine.Parsing;
using LiveComments.LoadTester.Grains;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>Options that are addresses of servers; their scheme says how they are reached.</summary>
internal static class ServerUrl
{
    /// <summary>Such an address.</summary>
    public const string Example = "http://127.0.0.1:5000";

    /// <summary>How the servers behind addresses of a scheme are reached; null if the scheme is not known.</summary>
    public static ILoadTarget? FindTarget(string scheme) => scheme switch
    {
        "http" or "https" => new HttpTarget(),
        "orleans" => new GrainTarget(),
        _ => null,
    };

    public static Option<Uri[]> Option(string name, string description) => new(name)
    {
        Description = $"{description} Repeatable.",
        HelpName = "address",
        CustomParser = argument => Parse(name, argument),
    };

    private static Uri[]? Parse(string name, ArgumentResult argument)
    {
        var urls = new List<Uri>();
        foreach (var token in argument.Tokens)
        {
            if (!Uri.TryCreate(token.Value, UriKind.Absolute, out var url) || FindTarget(url.Scheme) is null)
            {
                argument.AddError($"{name} must be an http://, https:// or orleans:// address, such as {Example}.");
                return null;
            }

            urls.Add(url);
        }

        return [.. urls];
    }
}
