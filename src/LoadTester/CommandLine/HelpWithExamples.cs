using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>The usual help, and below it a command for each kind of crowd.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples (the server started with --Limits:PostsPerSecond=0, since all posts come from few addresses):
          One hot video: 100,000 deliveries a second to 5,000 viewers
            --url {0} --viewers 5000 --videos 1 --rate 20 --duration 30s
          Many small videos: 10 viewers each, and by a Zipf law with people scrolling from one to the next
            --url {0} --viewers 10000 --videos 1000 --rate 500
            --url {0} --viewers 10000 --videos 1000 --rate 500 --zipf 1.0 --churn 200
          Hot chat: few viewers, very many comments, some of whom stop reading
            --url {0} --viewers 200 --rate 1000 --slow 10
          Moderated chat: five comments a second are removed again, half of them before everybody has them
            --url {0} --viewers 1000 --rate 50 --removals 5 --moderator-token TOKEN
          Idle crowd: what viewers cost when nobody writes, with the server's memory
            --url {0} --viewers 15000 --videos 100 --rate 0 --duration 60s --pid 1234
          Browsers: viewers over TLS and HTTP/2, one connection each
            --url https://127.0.0.1:5001 --http2 --insecure --viewers 1500 --rate 20
          Another server: nginx with nchan, and one with channels in the query and forms as posts
            --url {0} --any-event --stream-path /sub/{{video}} --post-path /pub/{{video}} --post-body {{message}}
            --url {0} --any-event --stream-path /hub?topic={{video}} --post-path /hub
                --post-type application/x-www-form-urlencoded --post-body topic={{video}}&data={{message}}
          Grains, through the gateway of a silo
            --url orleans://127.0.0.1:30000 --viewers 60 --videos 12 --rate 500 --posters 1000

        Checked: every comment answered with 2xx comes to every viewer who had joined before it was posted, once, with
        rising ids. Whoever has a comment that is removed is told of it, once, and is not sent the comment again. Latency
        counts from when a comment was due (no coordinated omission). Ends with 0 if all checks passed, 1 if one failed, 2
        if the options are wrong or this machine does not allow such a run.
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(Examples, ServerUrl.Example);
        return exitCode;
    }
}
