namespace LiveComments.Tests;

public sealed class ScriptsTests
{
    [Theory]
    [InlineData("Ada Lovelace")]
    [InlineData("Ádá-99 😀")]
    [InlineData("Анна")]
    [InlineData("Άννα")]
    [InlineData("田中ゆうこカナ")]
    [InlineData("東京 Tokyo タワー")]
    [InlineData("김 Kim 金")]
    [InlineData("ㄅㄆ台北 Taipei")]
    [InlineData("אבגד 123")]
    [InlineData("e\u0301\u200d")]
    [InlineData("")]
    public void A_name_in_one_script_or_in_some_that_are_written_together_keeps_to_them(string name) => Assert.True(Scripts.GoTogether(name));

    [Theory]
    [InlineData("Аda")]
    [InlineData("Adа")]
    [InlineData("Αda")]
    [InlineData("Анna")]
    [InlineData("ひкa")]
    [InlineData("カ김")]
    [InlineData("ㄅか")]
    [InlineData("a\u13aa")]
    [InlineData("\U00010400a")]
    public void A_name_that_mixes_other_scripts_does_not(string name) => Assert.False(Scripts.GoTogether(name));
}
