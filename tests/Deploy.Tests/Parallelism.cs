// Each class publishes or packs, which takes every processor.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
// What is deployed runs on Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
