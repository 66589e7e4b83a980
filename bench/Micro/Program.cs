using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(LiveComments.Micro.Sweeps).Assembly).Run(args);
