using LiveComments.LoadTester.Connections;

namespace LiveComments.LoadTester.Http;

/// <summary>Reads the response to a viewer's one request from pieces cut anywhere, and gives out its body without the framing.</summary>
internal interface IResponseReader
{
    /// <summary>The status code, once the head is complete; before that 0.</summary>
    int Status { get; }

    bool IsHeadComplete { get; }

    /// <summary>Why it is no response of the protocol; null while it is one.</summary>
    string? Fault { get; }

    /// <summary>How the server has ended it; null while more may come.</summary>
    string? End { get; }

    /// <summary>
    /// Takes the next piece of the body from the front of <paramref name="input"/>. False once the input is used up
    /// or the response has ended.
    /// </summary>
    bool TryReadBody(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> body);

    /// <summary>Sends what the protocol wants answered. Returns 0, or the error of a broken connection.</summary>
    int Answer(IConnection connection);

    /// <summary>Gives back what is held.</summary>
    void Reset();
}
