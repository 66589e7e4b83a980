using BenchmarkDotNet.Attributes;

namespace LiveComments.Micro;

/// <summary>What the modes <c>links</c> and <c>uniqueSeconds</c> cost each post.</summary>
public class Modes
{
    /// <summary>The message, of 40 or 500 characters, without a link.</summary>
    [Params(40, 500)]
    public int Length { get; set; }

    /// <summary>In which script it is.</summary>
    [Params("Latin", "Cyrillic")]
    public string Script { get; set; } = "Latin";

    private string Message { get; set; } = "";

    [GlobalSetup]
    public void Write() => Message = string.Concat(Enumerable.Repeat(
        Script == "Latin" ? "What a goal, I cannot believe my eyes! " : "Какой гол, я не верю своим глазам... да! ", 20))[..Length];

    [Benchmark]
    public object Repeat() => PostedText.Of(new(1), Message);

    [Benchmark]
    public bool Link() => Links.AreIn(Message);
}
