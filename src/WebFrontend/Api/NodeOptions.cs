using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Api;

/// <summary>Which of several nodes this one is: the section <c>Node</c>.</summary>
public sealed record NodeOptions
{
    /// <summary>
    /// A name that every answer carries in the header <c>LiveComments-Node</c>, so that one can see which node a load balancer chose.
    /// Default none: no header.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$", ErrorMessage = "A name is 1 to 64 characters of A-Z, a-z, 0-9, '_', '-' and '.'.")]
    public string? Name { get; set; }
}
