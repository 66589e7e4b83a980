-- For wrk: the result as one line of JSON; times in milliseconds. An answer of 400 or above is an error.
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format('{"requests":%d,"perSecond":%.1f,"p50":%.3f,"p99":%.3f,"failed":%d}\n',
        summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
