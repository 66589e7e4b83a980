using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Review;

namespace LiveComments.Micro;

/// <summary>What a list of words costs each post.</summary>
public class Words
{
    private WordList _list = null!;

    /// <summary>How many words the list has.</summary>
    [Params(100, 10_000, 100_000)]
    public int Count { get; set; }

    /// <summary>The message, of 40 or 500 characters, without a word of the list.</summary>
    [Params(40, 500)]
    public int Length { get; set; }

    private string Message => string.Concat(Enumerable.Repeat("What a goal, I cannot believe my eyes! ", 20))[..Length];

    [GlobalSetup]
    public void Build() => _list = WordList.Create(Enumerable.Range(0, Count).Select(i => $"word{i}*"));

    [Benchmark]
    public string? Find() => _list.Find(Message);
}
