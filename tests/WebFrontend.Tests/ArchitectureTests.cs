using System.Reflection;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Tests;

/// <summary>
/// Which rooms (namespaces) of the frontend know which. Signatures, fields, base types and method bodies are seen; attributes, constants
/// and
/// <c>nameof</c> are not.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Root = "LiveComments.WebFrontend.";

    private static readonly Assembly Frontend = typeof(SettingsException).Assembly;

    [Theory]
    [InlineData("Wire", "")]
    [InlineData("Settings", "")]
    [InlineData("Identity", "Settings Wire")]
    [InlineData("Feed", "Wire")]
    [InlineData("Connections", "Wire")]
    [InlineData("FanOut", "Connections Feed Wire")]
    [InlineData("Held", "Wire")]
    [InlineData("Audit", "Identity Settings Wire")]
    [InlineData("Review", "Settings")]
    [InlineData("Api", "Audit Connections FanOut Feed Held Identity Review Settings Wire")]
    [InlineData("Pages", "Api Identity Wire")]
    [InlineData("Edge", "Api Identity Settings Wire")]
    [InlineData("Operations", "Api FanOut Pages Review Settings Wire")]
    public void A_room_knows_only_the_rooms_below_it(string room, string known)
    {
        var types = Frontend.GetTypes().Where(type => RoomOf(type) == room).ToList();
        Assert.NotEmpty(types);
        var others =
            from type in types
            from used in TypeUse.Of(type)
            let other = RoomOf(used)
            where other is not null && other != room && !known.Split(' ').Contains(other)
            select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(others.Distinct());
    }

    [Fact]
    public void Every_room_is_known_to_the_test_and_a_use_in_a_method_body_is_seen()
    {
        Assert.Equal(
            [
                "Api", "Audit", "Connections", "Edge", "FanOut", "Feed", "Held", "Identity", "Operations", "Pages", "Review", "Settings", "Wire",
            ],
            Frontend.GetTypes().Select(RoomOf).OfType<string>().Distinct().Order());
        Assert.Contains(TypeUse.Of(typeof(LiveCommentsEndpoints)), type => RoomOf(type) == "Pages");
    }

    [Fact]
    public void The_comments_know_no_other_assembly_of_the_project() =>
        Assert.DoesNotContain(
            typeof(Comment).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("LiveComments", StringComparison.Ordinal));

    private static string? RoomOf(Type type) =>
        type.Assembly == Frontend && type.Namespace is { } name && name.StartsWith(Root, StringComparison.Ordinal)
            ? name[Root.Length..].Split('.')[0]
            : null;
}
