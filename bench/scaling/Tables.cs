namespace Scaling;

/// <summary>The costs as Markdown.</summary>
internal static class Tables
{
    /// <summary>Writes what goes on while nothing fails: the sum over all servers, and the most on one.</summary>
    public static void WriteCosts(Cost[] costs, TextWriter output)
    {
        output.WriteLine("""
            | | comments between servers, a second | most sent by one | most received by one | subscriptions | links | rings, all | rings, most on one | viewers, most on one |
            |---|---|---|---|---|---|---|---|---|
            """);
        foreach (var cost in costs)
        {
            output.WriteLine(
                $"| {cost.Name} | {cost.Received.Sum():N0} | {cost.Sent.Max():N0} | {cost.Received.Max():N0} | {cost.Subscriptions.Sum():N0} "
                + $"| {cost.Links:N0} | {cost.Rings.Sum():N0} | {cost.Rings.Max():N0} | {cost.Viewers.Max():N0} |");
        }

        output.WriteLine();
    }

    /// <summary>Writes what one server's death moves, for the mean server that plays the part and for the worst.</summary>
    public static void WriteFailures(Cost[] costs, TextWriter output)
    {
        output.WriteLine("""
            | one server dies: | viewers that connect again, mean (worst) | watched videos that change owner, mean (worst) | subscriptions made again, worst |
            |---|---|---|---|
            """);
        foreach (var cost in costs)
        {
            // Subscriptions with the dead owner, and those that its viewers take elsewhere with them.
            output.WriteLine(
                $"| {cost.Name} | {MeanAndWorst(cost.Viewers)} | {MeanAndWorst(cost.Owned)} | {cost.Subscriptions.Max():N0} |");
        }

        output.WriteLine();
    }

    private static string MeanAndWorst(long[] perServer)
    {
        var used = perServer.Where(count => count > 0).ToList();
        return $"{used.Average():N0} ({used.Max():N0})";
    }
}
