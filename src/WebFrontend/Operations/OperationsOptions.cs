using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Who may see how the node is: the section <c>Operations</c>.</summary>
public sealed record OperationsOptions
{
    /// <summary>
    /// The password for <c>/ops</c> and <c>/dashboard</c>, at least 12 characters; with it they are open to other machines. Default none:
    /// this machine alone.
    /// </summary>
    [MinLength(12)]
    public string? Password { get; set; }

    /// <summary>
    /// A file that holds the password, in place of <see cref="Password"/>; a line end after it does not count. Default none.
    /// </summary>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// Whether a node of a cluster has the Orleans Dashboard at <c>/dashboard</c>, and collects what it shows. Default true.
    /// </summary>
    public bool Dashboard { get; set; } = true;
}
