namespace LiveComments.WebFrontend.Wire;

/// <summary>The data of a <c>gap</c> event: what the upstream will not send, both ends excluded.</summary>
internal sealed record Gap(CommentId After, CommentId Before);
