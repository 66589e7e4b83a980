using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace LiveComments;

/// <summary>
/// Finds domains that stand in a text without anything else, as <c>free-coins.shop</c>: labels joined by single full stops, of which one
/// after the first is a top-level domain of the list, or has two letters or more and no digits and comes after a label with a letter and a
/// hyphen inside. In neither case it begins in upper case and goes on in lower case: there a space is missing between two sentences, as in
/// "Hi.How are you". A few hosts besides have endings that are words.
/// </summary>
internal static class Domains
{
    // Common ones. Missing are those that are words with which a sentence begins (.me, .so, .top, .live; .eu in Portuguese, .ca in French),
    // and endings of files (.md, .py, .rs, .sh).
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevel = SetOf(
        """
        app biz casino cfd club com cyou edu gov icu info mobi net online org porn sbs shop site store vip website wiki xxx xyz
        ar br cc cf ch cl cn co cz de dk fr ga gq gr hk hu io jp kr kz lt lv ly ml mx nl nz pl pt pw ro ru sg sk tk tr tv tw ua uk uz vn
        ws za
        рф рус укр бел срб қаз 中国 公司 网址
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Hosts = SetOf(
        """
        t.me wa.me m.me fb.me line.me paypal.me discord.gg youtu.be redd.it instagr.am goo.gl is.gd v.gd linktr.ee rb.gy s.id bit.do
        shorturl.at dlvr.it lnkd.in
        """);

    /// <summary>Whether there is one, in linear time.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        // Where the label before and this one begin; -1 if there is none before.
        var (before, start, hasHyphen) = (-1, 0, false);
        for (var i = 0; i <= text.Length;)
        {
            var consumed = 1;
            if (i < text.Length && IsOfLabel(text[i..], out consumed))
            {
                i += consumed;
                continue;
            }

            var label = text[start..i].TrimEnd('-');
            if (before >= 0 && (IsEnd(label, hasHyphen) || Hosts.Contains(text[before..(start + label.Length)]))) return true;
            var goesOn = i < text.Length && text[i] == '.' && label.Length > 0;
            (before, hasHyphen) = goesOn ? (start, hasHyphen || IsHyphenated(label)) : (-1, false);
            i += consumed;
            start = i;
        }

        return false;
    }

    private static bool IsEnd(ReadOnlySpan<char> label, bool afterHyphen)
    {
        if (label.Length < 2 || IsBeginningOfSentence(label)) return false;
        return TopLevel.Contains(label) || (afterHyphen && HasLettersAlone(label));
    }

    private static bool IsBeginningOfSentence(ReadOnlySpan<char> label)
    {
        if (!char.IsUpper(label[0])) return false;
        foreach (var character in label[1..])
            if (char.IsUpper(character)) return false;
        return true;
    }

    private static bool IsHyphenated(ReadOnlySpan<char> label)
    {
        label = label.TrimStart('-');
        if (!label.Contains('-')) return false;
        // "2-0" is a score.
        foreach (var rune in label.EnumerateRunes())
            if (Rune.IsLetter(rune)) return true;
        return false;
    }

    private static bool HasLettersAlone(ReadOnlySpan<char> label)
    {
        var letters = 0;
        foreach (var rune in label.EnumerateRunes())
        {
            if (Rune.IsLetter(rune)) letters++;
            else if (!TextParts.IsMark(rune)) return false;
        }

        return letters >= 2;
    }

    private static bool IsOfLabel(ReadOnlySpan<char> text, out int consumed) =>
        Rune.DecodeFromUtf16(text, out var rune, out consumed) == OperationStatus.Done
        && (rune.Value == '-' || Rune.IsLetterOrDigit(rune) || TextParts.IsMark(rune));

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SetOf(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
