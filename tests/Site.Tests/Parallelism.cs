// Each class starts servers of its own; side by side they would only take each other's time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
// They are Linux programs.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
