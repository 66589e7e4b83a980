using System.Collections.Frozen;
using System.Text;

namespace LiveComments;

/// <summary>
/// What names and texts look like, for comparison alone. Two that share a form look alike to a reader: they differ in case, in spaces, in
/// what cannot be seen, or in characters that are drawn alike (the skeleton of UTS 39, section 4).
/// </summary>
internal static partial class LookAlikes
{
    private static readonly FrozenDictionary<int, string> Prototypes = ReadTable();

    /// <summary>
    /// The forms of a name. There are two, for what looks alike depends on the case: a capital I is an l, and a small i is none.
    /// </summary>
    public static (string First, string Second) FormsOf(string name) => (Fold(SkeletonOf(Fold(name))), Fold(SkeletonOf(name)));

    /// <summary>
    /// The characters that look like others, as code points in lower case, and what stands for all that look so, in lower case.
    /// </summary>
    public static IEnumerable<(int Rune, string Form)> Forms =>
        Prototypes.Where(pair => Fold(new Rune(pair.Key)).Value == pair.Key).Select(pair => (pair.Key, Fold(pair.Value)));

    /// <summary>A character in the one lower case that it has.</summary>
    public static Rune Fold(Rune rune) =>
        // By way of the upper case, so that letters with two lower cases, such as sigma, are one.
        Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    private static string SkeletonOf(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        // The table has Unicode's NFKD as well: not every machine has the library that knows it.
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Visibility.CanBeSeen(rune) && !Rune.IsWhiteSpace(rune)) continue;
            if (Prototypes.TryGetValue(rune.Value, out var prototype)) skeleton.Append(prototype);
            else skeleton.Append(rune);
        }

        return skeleton.ToString();
    }

    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune)) folded.Append(Fold(rune));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>Each line has what stands for all characters that look like it, and these; as code points.</summary>
    private static FrozenDictionary<int, string> ReadTable()
    {
        var prototypes = new Dictionary<int, string>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(": ");
            var prototype = string.Concat(parts[0].Split('+').Select(point => new Rune(Convert.ToInt32(point, 16)).ToString()));
            foreach (var point in parts[1].Split(' ')) prototypes[Convert.ToInt32(point, 16)] = prototype;
        }

        return prototypes.ToFrozenDictionary();
    }
}
