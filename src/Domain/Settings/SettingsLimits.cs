using Telephony.Domain.Lines;

namespace Telephony.Domain.Settings;

/// <summary>How much a setting may say.</summary>
public static class SettingsLimits
{
    /// <summary>What fits on a handset's display, and somewhat more.</summary>
    public const int LabelMax = 80;

    /// <summary>What somebody says in a minute.</summary>
    public const int AnnouncementMax = 500;

    /// <summary>Four rings, after which people expect something else to happen.</summary>
    public const int RingSeconds = 20;

    /// <summary>One ring.</summary>
    public const int RingSecondsMin = 5;

    /// <summary>Carriers give up soon after.</summary>
    public const int RingSecondsMax = 120;

    /// <summary>Each is a call of its own to the switch.</summary>
    public const int SimultaneousMax = 10;

    public const int ScreeningRulesMax = 50;

    /// <summary>A working day with its breaks.</summary>
    public const int SessionHours = 12;

    public const int SessionHoursMax = Session.HoursMax;
}
