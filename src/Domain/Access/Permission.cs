namespace Telephony.Domain.Access;

/// <summary>What can be asked for: a row of <see cref="AccessTable"/>.</summary>
public enum Permission
{
    /// <summary>Read operators, sites, accounts and users.</summary>
    ReadDirectory,
    ManageSitesAndOperators,

    /// <summary>Provision and import numbers.</summary>
    Provision,
    ManageAccountsAndUsers,

    /// <summary>See every number of a site.</summary>
    SeePool,
    ReadRules,
    EditRules,

    /// <summary>Edit the rules that the platform and the operator agreed on, policies among them.</summary>
    EditPlatformRules,

    /// <summary>See the numbers that an account has.</summary>
    SeeAccountNumbers,

    /// <summary>Allocate, preview and release.</summary>
    Allocate,

    /// <summary>Assign or end a voice service.</summary>
    AssignVoiceService,
    SeeOperations,
}
