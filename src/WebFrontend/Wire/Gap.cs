using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>The data of a <c>gap</c> event.</summary>
/// <param name="After">What the viewer has had up to here stays.</param>
/// <param name="Before">What it will not be sent ends here; both ends excluded.</param>
/// <param name="Removed">Comments up to <paramref name="After"/> that were removed in between; null if none were.</param>
/// <param name="Reset">Whether any comment up to <paramref name="After"/> may have been removed: forget all.</param>
internal sealed record Gap(
    CommentId After,
    CommentId Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CommentId>? Removed = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Reset = false);
