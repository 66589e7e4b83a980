using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Who may see how the node is: the section <c>Operations</c>.</summary>
public sealed record OperationsOptions
{
    /// <summary>
    /// The password for <c>/ops</c>, at least 12 characters; with it the page is open to other machines. Default none: this machine alone.
    /// </summary>
    [MinLength(12)]
    public string? Password { get; set; }
}
