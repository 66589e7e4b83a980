using System.Reflection;

namespace LiveComments.WebFrontend.Operations;

/// <summary>What this program is.</summary>
internal static class ThisProgram
{
    /// <summary>Its version, and after a <c>+</c> the commit that it was built from.</summary>
    public static string Version { get; } =
        typeof(ThisProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
