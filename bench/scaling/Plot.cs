using System.Text;

namespace Scaling;

/// <summary>The costs as a picture: bars on a scale of powers of ten.</summary>
internal static class Plot
{
    private const int Left = 210;
    private const int Decade = 62;
    private const int Decades = 8;
    private const int Bar = 13;

    private static readonly (string Name, string Color, Func<Cost, double> Value)[] Measures =
    [
        ("comments between servers, a second", "#4269d0", cost => cost.Received.Sum()),
        ("rings on all servers", "#efb118", cost => cost.Rings.Sum()),
        ("viewers on the fullest server", "#ff725c", cost => cost.Viewers.Max()),
    ];

    public static string Draw(Cost[] costs)
    {
        var group = Measures.Length * Bar + 14;
        var (width, height) = (Left + Decades * Decade + 70, 40 + costs.Length * group + 30);
        var svg = new StringBuilder();
        svg.AppendLine($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">""");
        svg.AppendLine($"""<rect width="{width}" height="{height}" fill="white"/>""");
        for (var i = 0; i < Measures.Length; i++)
        {
            svg.AppendLine($"""<rect x="{10 + i * 250}" y="10" width="10" height="10" fill="{Measures[i].Color}"/>""");
            svg.AppendLine($"""<text x="{25 + i * 250}" y="19">{Measures[i].Name}</text>""");
        }

        for (var power = 0; power <= Decades; power++)
        {
            var x = Left + power * Decade;
            svg.AppendLine($"""<line x1="{x}" y1="36" x2="{x}" y2="{height - 24}" stroke="#ddd"/>""");
            svg.AppendLine($"""<text x="{x}" y="{height - 10}" text-anchor="middle">10<tspan dy="-4" font-size="8">{power}</tspan></text>""");
        }

        for (var i = 0; i < costs.Length; i++)
        {
            var top = 40 + i * group;
            svg.AppendLine($"""<text x="{Left - 8}" y="{top + Measures.Length * Bar / 2 + 4}" text-anchor="end">{costs[i].Name}</text>""");
            for (var j = 0; j < Measures.Length; j++)
            {
                var value = Measures[j].Value(costs[i]);
                var length = value < 1 ? 0 : Math.Log10(value) * Decade;
                svg.AppendLine($"""<rect x="{Left}" y="{top + j * Bar}" width="{length:0}" height="{Bar - 2}" fill="{Measures[j].Color}"/>""");
                svg.AppendLine($"""<text x="{Left + length + 4:0}" y="{top + j * Bar + 10}" fill="#333">{value:N0}</text>""");
            }
        }

        return svg.AppendLine("</svg>").ToString();
    }
}
