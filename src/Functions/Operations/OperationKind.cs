namespace Telephony.Functions.Operations;

/// <summary>What kind of change was asked for.</summary>
public enum OperationKind
{
    Import,
    Allocation,
    VoiceService,
    Release,

    /// <summary>The app itself ended what was due.</summary>
    Sweep,

    /// <summary>The operator asked the platform for something.</summary>
    Request,

    /// <summary>The platform did what it was asked for, or refused it.</summary>
    Answer,

    /// <summary>The site was looked at; nothing but the report was written.</summary>
    Audit,

    /// <summary>Numbers back to the account that gave them up by mistake.</summary>
    Restore,

    /// <summary>Numbers kept for a future starter.</summary>
    Hold,

    /// <summary>A hold with another end or name.</summary>
    HoldChange,

    /// <summary>A hold ended before its time.</summary>
    HoldEnd,

    /// <summary>Numbers of a hold allocated to its account.</summary>
    HoldTaken,
    EndOfService,

    /// <summary>An account that leaves a site.</summary>
    Closing,

    Offer,
    Block,
    Unblock,
    PortIn,
    PortOut,
    Retirement,
    CooldownEnd,
    Nomination,

    /// <summary>A number on its way to being an account's main number.</summary>
    MainNumber,

    /// <summary>An account's main number taken out of that use.</summary>
    MainRemoval,

    /// <summary>The word that a number is in service.</summary>
    Activation,

    /// <summary>The word that a number could not be put in service.</summary>
    ActivationFailure,

    /// <summary>The word that a number is out of service.</summary>
    Deactivation,

    /// <summary>The word that a number could not be taken out of service.</summary>
    DeactivationFailure,

    /// <summary>Numbers assigned to users, handsets and spaces.</summary>
    Assignment,

    /// <summary>Numbers that nobody has from then on.</summary>
    Unassignment,

    /// <summary>A handset at another place, with the numbers that ring on it.</summary>
    HandsetMove,

    /// <summary>Two handsets with each other's number.</summary>
    HandsetSwap,

    /// <summary>Somebody logged in to a shared handset.</summary>
    Login,

    /// <summary>Somebody logged out of a shared handset, or was logged out.</summary>
    Logout,

    /// <summary>Where emergency services are to go: who is called back, who is told, who confirmed it.</summary>
    EmergencyLocation,

    /// <summary>Numbers set otherwise.</summary>
    Settings,

    /// <summary>Direct numbers put in service, as far as their accounts are entitled to it.</summary>
    DirectActivation,

    /// <summary>Direct numbers taken out of service.</summary>
    DirectDeactivation,

    /// <summary>What callers of a main number meet.</summary>
    MainConfiguration,

    /// <summary>When a site is open.</summary>
    Schedule,

    /// <summary>Spaces, switches, ports and handsets of a file or a list, brought in.</summary>
    PlaceImport,
}
