using System.Globalization;
using Spectre.Console;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Writes a result for people: figures, errors, where the load tester was the limit, and faults in red.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, LoadTestResult result)
    {
        console.Write(Figures(result));
        console.Write(Latencies(result));
        foreach (var (kind, count) in result.Errors) WriteLine(console, "yellow", $"{count,9:N0}  {kind}");
        if (result.Errors.ContainsKey("post: answered 429"))
        {
            WriteLine(console, "yellow",
                $"429: servers limit posts per client address; start the one under test with --Limits:PostsPerSecond=0.");
        }

        foreach (var bottleneck in result.LoadTester.Bottlenecks)
            WriteLine(console, "yellow", $"The load tester was a limit: {bottleneck}");

        foreach (var fault in result.Faults) WriteLine(console, "red", $"FAILED: {fault}");
        if (result.Faults.Count > 0) return;
        if (result.Options.Requests.AnyEvent) WriteLine(console, "green", $"Nothing missing or doubled. Order was not checked.");
        else WriteLine(console, "green", $"Nothing missing, doubled or out of order.");
    }

    private static Table Figures(LoadTestResult result)
    {
        var table = new Table().HideHeaders().AddColumns("", "").RoundedBorder();
        var viewers = result.Viewers;
        Add("Viewers", $"{viewers.Connected:N0} connected; {viewers.Joined:N0} joined, {viewers.Left:N0} left, {viewers.Failed:N0} failed");
        if (result.Options.Slow > 0) Add("Slow viewers", $"{result.Deliveries.SlowGaps:N0} gaps told, {viewers.SlowCutOff:N0} cut off");

        var posts = result.Posts;
        Add("Posts", $"{posts.AcknowledgedPerSecond:N1}/s acknowledged");
        Add(
            "",
            $"{posts.Due:N0} due: {posts.Acknowledged:N0} acknowledged, ",
            $"{posts.Refused:N0} refused, {posts.Failed:N0} failed, {posts.Unsent:N0} unsent");

        var deliveries = result.Deliveries;
        Add(
            "Deliveries",
            $"{deliveries.PerSecond:N0}/s; {Some(deliveries.PerRead, "N1")} a read, {Some(deliveries.BytesEach, "N0")} bytes each");
        Add(
            "",
            $"{deliveries.Expected:N0} expected: {deliveries.Missing:N0} missing, {deliveries.InToldGaps:N0} in told gaps; ",
            $"{deliveries.Doubled:N0} doubled, {deliveries.OutOfOrder:N0} out of order");
        var removals = result.Removals;
        if (result.Options.Removals > 0 || removals.Told > 0)
        {
            Add("Removals", $"{removals.Acknowledged:N0} acknowledged, {removals.Refused:N0} refused, {removals.Failed:N0} failed, ",
                $"{removals.Unsent:N0} unsent; {removals.Told:N0} events to viewers");
            Add(
                "",
                $"{removals.Expected:N0} expected: {removals.Missing:N0} missing, {removals.Doubled:N0} doubled; ",
                $"comments: {deliveries.RemovedUnsent:N0} removed unsent, {deliveries.Resurrected:N0} after their removal");
        }

        if (result.Server is { } server)
        {
            Add("Server", $"{Some(server.CpuMicrosecondsPerDelivery, "N2")} us CPU a delivery, {server.CpuPercent:N0}% of a core");
            Add(
                "",
                $"{server.BytesPerViewer:N0} bytes a viewer, {server.BytesPerViewerAtEnd:N0} at the end; ",
                $"{server.ResidentBytes / 1e6:N0} MB in all");
        }

        var self = result.LoadTester;
        Add(
            "Load tester",
            $"{Some(self.CpuMicrosecondsPerDelivery, "N2")} us CPU a delivery, {self.CpuPercent:N0}% of a core; ",
            $"{Some(self.BytesPerViewer, "N0")} bytes a viewer");
        Add("", $"busiest reader {self.BusiestReaderPercent:N0}% on a CPU, waited {self.CpuWaitPercent:N0}% for one");
        return table;

        void Add(string name, params FormattableString[] parts) => table.AddRow(name, string.Concat(parts.Select(Say)));
    }

    private static Table Latencies(LoadTestResult result)
    {
        var table = new Table().RoundedBorder().AddColumns("Milliseconds", "p50", "p90", "p99", "p99.9", "max");
        Add("End to end", result.EndToEnd);
        Add("Post", result.Post);
        Add("Refusal", result.Refusal);
        if (result.Options.Removals > 0)
        {
            Add("Removal", result.Removal);
            Add("Removal to last viewer", result.RemovalToLast);
        }

        Add("Own posts late by", result.LoadTester.PostLateness);
        Add("Own reads late by", result.LoadTester.ReadLateness);
        return table;

        void Add(string name, LatencyFigures latency) => table.AddRow(
            [name, .. new[] { latency.P50, latency.P90, latency.P99, latency.P999, latency.Max }
                .Select(milliseconds => Some(latency.Count > 0 ? milliseconds : null, "N2"))]);
    }

    private static string Some(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static void WriteLine(IAnsiConsole console, string color, FormattableString text) =>
        console.MarkupLine($"[{color}]{Markup.Escape(Say(text))}[/]");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
