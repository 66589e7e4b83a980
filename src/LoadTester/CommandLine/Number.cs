using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>Options that are a number within bounds.</summary>
internal static class Number
{
    public static Option<T> Between<T>(string name, T least, T most, T usual, string description)
        where T : struct, INumber<T>
    {
        return new Option<T>(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual,
            CustomParser = argument =>
            {
                if (!T.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var value)
                    || !(value >= least && value <= most))
                {
                    argument.AddError(string.Create(CultureInfo.InvariantCulture,
                        $"{name} must be a number from {least} to {most}, not '{argument.Tokens[0].Value}'."));
                }

                return value;
            },
        };
    }
}
