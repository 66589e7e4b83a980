using System.Text.RegularExpressions;

namespace LiveComments.Deploy.Tests;

/// <summary>One line of a Dockerfile, continuations included.</summary>
/// <param name="Name">Its first word, such as <c>RUN</c>.</param>
/// <param name="Value">The rest, without the options before it.</param>
/// <param name="Options">The options before it, such as <c>from</c>.</param>
internal sealed record Instruction(string Name, string Value, IReadOnlyDictionary<string, string> Options);

/// <summary>A Dockerfile, as a list of the instructions of each stage.</summary>
internal static partial class Dockerfile
{
    /// <summary>Reads the repository's.</summary>
    public static IReadOnlyList<IReadOnlyList<Instruction>> Read()
    {
        var text = Comment().Replace(File.ReadAllText(Repository.PathOf("Dockerfile")), "").Replace("\\\n", " ", StringComparison.Ordinal);
        var stages = new List<List<Instruction>>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var instruction = Parse(line);
            if (instruction.Name == "FROM") stages.Add([]);
            stages[^1].Add(instruction);
        }

        return stages;
    }

    private static Instruction Parse(string line)
    {
        var match = Line().Match(line);
        var options = match.Groups["option"].Captures
            .Select(option => option.Value.Split('=', 2))
            .ToDictionary(option => option[0], option => option[1]);
        return new(match.Groups["name"].Value, match.Groups["value"].Value, options);
    }

    [GeneratedRegex("^#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?<name>[A-Z]+)(\s+--(?<option>\S+=\S+))*\s+(?<value>.*)$")]
    private static partial Regex Line();
}
