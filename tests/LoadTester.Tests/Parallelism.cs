// Runs against the tiny server mostly wait for time to pass, so more of them than cores go side by side.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
