namespace LiveComments.Silo.Tests;

/// <summary><c>docs/settings.md</c> says what the options classes say.</summary>
public sealed class SettingsDocumentTests
{
    [Fact]
    public void The_document_has_the_settings_as_they_are()
    {
        var document = File.ReadAllText(SettingsDocument.Path);
        var renewed = SettingsDocument.Renew(document);
        if (Environment.GetEnvironmentVariable("LIVECOMMENTS_WRITE_DOCS") == "1") File.WriteAllText(SettingsDocument.Path, renewed);
        else Assert.True(renewed == document, "docs/settings.md is old. Run this test with LIVECOMMENTS_WRITE_DOCS=1, and commit what it writes.");
    }

    [Fact]
    public void Every_class_has_its_one_table() =>
        Assert.Equal(
            SettingsDocument.Sections.Select(known => known.Options.Name).Order(),
            SettingsDocument.TablesIn(File.ReadAllText(SettingsDocument.Path)).Order());

    [Fact]
    public void Every_section_that_the_program_reads_is_described() =>
        Assert.Equal(
            SettingsCheck.Ours.Order(),
            SettingsDocument.Sections.Select(known => known.Section.Split(':')[0]).Concat(SettingsDocument.ByHand).Distinct().Order());
}
