using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace LiveComments.Storage.DynamoDb;

/// <summary>Classifies DynamoDB failures, and decides which requests are tried again.</summary>
internal static class DynamoDbFailures
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Each try has its time; those that failed for a moment are made again, after delays that double and are spread at random.
    /// </summary>
    public static ResiliencePipeline Retries(DynamoDbOptions settings, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        if (settings.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                Delay = FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new(arguments.Outcome.Exception is { } exception && IsMomentary(exception)),
            });
        }

        return pipeline.AddTimeout(TimeSpan.FromMilliseconds(settings.TimeoutMs)).Build();
    }

    /// <summary>Whether the store said that it did nothing; after other failures it may have done what it was asked for.</summary>
    public static bool IsRefusal(this Exception exception) =>
        exception is AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError };

    /// <summary>Whether this is a failure of the store, and no defect of the program.</summary>
    public static bool IsOfTheStore(this Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or TimeoutRejectedException or HttpRequestException or IOException;

    private static bool IsMomentary(Exception exception) =>
        exception.IsRefusal() ? IsThrottling(exception) : exception.IsOfTheStore();

    private static bool IsThrottling(Exception exception) =>
        exception is ProvisionedThroughputExceededException or RequestLimitExceededException or Amazon.DynamoDBv2.Model.ThrottlingException
            or AmazonServiceException { ErrorCode: "ThrottlingException" };
}
