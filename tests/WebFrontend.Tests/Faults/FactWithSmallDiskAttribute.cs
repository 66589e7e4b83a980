namespace LiveComments.WebFrontend.Tests.Faults;

/// <summary>A test that needs a <see cref="SmallDisk"/>; shown as skipped where none can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithSmallDiskAttribute : FactAttribute
{
    public FactWithSmallDiskAttribute()
    {
        try
        {
            new SmallDisk().Dispose();
        }
        catch (Exception unavailable) when (unavailable is NotSupportedException or System.ComponentModel.Win32Exception)
        {
            Skip = unavailable.Message;
        }
    }
}
