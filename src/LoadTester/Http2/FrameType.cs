namespace LiveComments.LoadTester.Http2;

/// <summary>The types of frames (RFC 9113, 6) that a viewer sends or looks at.</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    ResetStream = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
