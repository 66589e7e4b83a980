namespace LiveComments.Deploy.Tests;

/// <summary>The files that no compiler reads: <c>.ci/lint</c> has a tool for each form.</summary>
public sealed class LintTests
{
    [Fact]
    [Trait("Needs", "yamllint")]
    public Task All_YAML_is_well_formed() => LintAsync("yaml");

    [Fact]
    [Trait("Needs", "linters")]
    public Task The_workflows_have_the_form_that_GitHub_wants() => LintAsync("workflow");

    [Fact]
    [Trait("Needs", "linters")]
    public Task The_compose_file_has_the_form_that_Compose_wants() => LintAsync("compose");

    [Fact]
    [Trait("Needs", "linters")]
    public Task The_manifests_have_the_form_that_Kubernetes_wants() => LintAsync("kubernetes");

    [Fact]
    [Trait("Needs", "systemd")]
    public Task The_unit_is_valid_and_shut_off_from_the_system() => LintAsync("systemd");

    private static Task<string> LintAsync(string name) => Command.RunAsync(Repository.Root, Repository.PathOf(".ci/lint"), name);
}
