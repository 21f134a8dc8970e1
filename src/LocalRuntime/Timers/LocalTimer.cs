using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime.Timers;

/// <summary>A function that runs by a schedule.</summary>
/// <param name="Name">The function's name, which is also its row's.</param>
/// <param name="Schedule">When it is due.</param>
/// <param name="IsMonitored">Whether an occurrence that nobody was there for is made up for.</param>
/// <param name="Run">Calls the function.</param>
sealed record LocalTimer(
    string Name, TimerSchedule Schedule, bool IsMonitored, Func<TimerInfo, CancellationToken, Task> Run);
