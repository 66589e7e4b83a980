using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Viewers;
using Spectre.Console;

namespace LiveComments.LoadTester.Tests.Reporting;

public class ResultTableTests
{
    private const string Red = "\e[31m", Green = "\e[32m";

    private readonly PosterTotals _posts = new() { Due = 10, Sent = 10, Acknowledged = 10 };
    private readonly ViewerTotals _viewers = new();

    [Fact]
    public void A_fault_is_red()
    {
        _viewers.Doubled = 1234;

        Assert.Contains($"{Red}FAILED: 1,234 comments doubled", Write());
        Assert.DoesNotContain("Nothing missing", Write());
    }

    [Fact]
    public void A_clean_run_is_green() => Assert.Contains($"{Green}Nothing missing, doubled or out of order.", Write());

    [Fact]
    public void Order_is_not_praised_if_it_was_not_checked() => Assert.Contains(
        $"{Green}Nothing missing or doubled. Order was not checked.",
        Write(new LoadTestOptions { Urls = [], Requests = new() { AnyEvent = true } }));

    [Fact]
    public void Errors_are_listed_by_kind()
    {
        _posts.Errors.Increment("post: answered 503");
        _posts.Errors.Increment("post: answered 503");

        Assert.Contains("2  post: answered 503", Write());
    }

    [Fact]
    public void A_load_tester_that_was_the_limit_says_so()
    {
        _viewers.BusiestReader = 0.86;

        Assert.Contains("The load tester was a limit: A reading thread was busy 86", Write());
    }

    [Fact]
    public void A_load_tester_that_was_no_limit_says_nothing() => Assert.DoesNotContain("was a limit", Write());

    [Fact]
    public void Slow_viewers_have_a_row_where_there_are_some()
    {
        _viewers.SlowGaps = 3;

        Assert.DoesNotContain("gaps told", Write());
        Assert.Contains("3 gaps told", Write(new LoadTestOptions { Urls = [], Slow = 5 }));
    }

    private string Write(LoadTestOptions? options = null)
    {
        var usage = new UsageLog([]);
        usage.TakeWindowStart();
        usage.TakeWindowEnd();
        var result = LoadTestResult.From(options ?? new LoadTestOptions { Urls = [] }, 5, TimeSpan.Zero, _posts, _viewers, usage);
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Legacy,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 160;
        ResultTable.Write(console, result);
        return output.ToString();
    }
}
