using System.ComponentModel.DataAnnotations;

namespace LiveComments.Grains.Interfaces;

/// <summary>How long a frontend's subscription to a video lasts, and what may wait for it. The same on all nodes of a cluster.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>
    /// How long a subscription lasts after it was last renewed, in seconds. Frontends renew after a third of it, after 10 seconds at most.
    /// Default 15.
    /// </summary>
    [Range(3, 3_600)]
    public int LeaseSeconds { get; set; } = 15;

    /// <summary>How many comments of a video may wait for a slow frontend; beyond that its subscription ends. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int FrontendQueue { get; set; } = 1_000;

    /// <summary>
    /// How often the owner of a video that nobody posts to looks whether another owner has written to its log, in seconds, when a frontend
    /// renews. For a minute after a silo came or went it looks every 2 seconds. Each look reads the store. Default 60.
    /// </summary>
    [Range(0, 3_600)]
    public int OwnerCheckSeconds { get; set; } = 60;

    /// <summary>How often an owner looks for another.</summary>
    public TimeSpan OwnerCheck => TimeSpan.FromSeconds(OwnerCheckSeconds);

    /// <summary>How long a subscription lasts after it was last renewed.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>After how long a frontend renews: often enough to know that what it has is not out of date.</summary>
    public TimeSpan RenewAfter => LeaseSeconds < 30 ? Duration / 3 : TimeSpan.FromSeconds(10);
}
