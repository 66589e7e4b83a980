namespace LiveComments.LoadTester.Requests;

/// <summary>What a template may name in braces, in lower case: <c>{video}</c>.</summary>
internal enum Placeholder
{
    /// <summary>The id of the video, such as <c>load-7</c>.</summary>
    Video,

    /// <summary>The number in that id.</summary>
    Number,

    /// <summary>The same number as a UUID.</summary>
    Uuid,

    /// <summary>The number of the viewer's connection, from 0.</summary>
    Viewer,

    /// <summary>How many earlier comments the viewer asks for.</summary>
    Backlog,

    /// <summary>A name for the author; each comment has its own.</summary>
    Author,

    /// <summary>The text of the comment, by which its deliveries are known. It needs no escape in JSON, in a form or in a path.</summary>
    Message,

    /// <summary>The number of the comment in the run, from 0.</summary>
    Comment,
}
