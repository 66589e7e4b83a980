namespace LiveComments.LoadTester.Viewers;

internal enum ViewerState : byte
{
    /// <summary>The request is not sent yet.</summary>
    Connecting,

    /// <summary>The server has not accepted it yet.</summary>
    Waiting,

    Watching,

    /// <summary>Scrolled on: stays only for what was posted before.</summary>
    Leaving,

    /// <summary>Its connection is gone, and all is counted.</summary>
    Gone,
}
