namespace Telephony.Functions.Messaging;

/// <summary>The commands of version 1.</summary>
static class CommandTypes
{
    public const int Version = 1;

    public const string NominateMain = "NominateMain";
    public const string WithdrawNomination = "WithdrawNomination";
    public const string ActivateMain = "ActivateMain";
    public const string ActivationConfirmed = "ActivationConfirmed";
    public const string ActivationFailed = "ActivationFailed";
    public const string DeactivationConfirmed = "DeactivationConfirmed";
    public const string DeactivationFailed = "DeactivationFailed";
    public const string AllocateOnBehalf = "AllocateOnBehalf";
    public const string AssignOnBehalf = "AssignOnBehalf";

    /// <summary>What each looks like.</summary>
    public static readonly IReadOnlyDictionary<string, Type> All = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        [NominateMain] = typeof(NumbersCommand),
        [WithdrawNomination] = typeof(NumbersCommand),
        [ActivateMain] = typeof(ActivateMainCommand),
        [ActivationConfirmed] = typeof(ConfirmedCommand),
        [ActivationFailed] = typeof(FailedCommand),
        [DeactivationConfirmed] = typeof(ConfirmedCommand),
        [DeactivationFailed] = typeof(FailedCommand),
        [AllocateOnBehalf] = typeof(AllocateCommand),
        [AssignOnBehalf] = typeof(AssignCommand),
    };
}
