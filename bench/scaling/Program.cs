// What each way of spreading live videos over servers costs. `dotnet run -c Release --project bench/scaling [plot.svg]`
// writes docs/scaling.md's tables to standard output and its plot to the file.
using Scaling;

var crowd = new Crowd(videos: 1_000_000, viewers: 10_000_000, servers: 1_000, seed: 1);
var site = new Site(crowd);
Cost[] costs = [site.EverythingEverywhere(), site.Partitions(), site.ConsistentHash(), site.Directory(), site.Edges(owners: 100), site.HashedEdges(owners: 100)];

crowd.WriteTable(Console.Out);
Tables.WriteCosts(costs, Console.Out);
Tables.WriteFailures(costs, Console.Out);
HashRing.WriteMoves(crowd.Videos, Console.Out);
if (args is [var path]) File.WriteAllText(path, Plot.Draw(costs));
