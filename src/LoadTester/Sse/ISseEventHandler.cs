namespace LiveComments.LoadTester.Sse;

/// <summary>Takes the events of a stream as they are complete.</summary>
internal interface ISseEventHandler
{
    void OnEvent(SseEvent received);
}
