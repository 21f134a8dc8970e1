namespace Telephony.Domain.Access;

/// <summary>What can be asked for: a row of <see cref="AccessTable"/>.</summary>
public enum Permission
{
    /// <summary>Read operators, sites, accounts and users, spaces, switches, ports and handsets.</summary>
    ReadDirectory,
    ManageSitesAndOperators,

    /// <summary>Provision, import, retire, block and port numbers, and end their rest early.</summary>
    Provision,

    /// <summary>Change accounts, users and the leases of spaces.</summary>
    ManageAccountsAndUsers,

    /// <summary>See every number of a site.</summary>
    SeePool,
    ReadRules,
    EditRules,

    /// <summary>Edit the rules that the platform and the operator agreed on, policies among them.</summary>
    EditPlatformRules,

    /// <summary>See the numbers that an account has.</summary>
    SeeAccountNumbers,

    /// <summary>Allocate, preview, release, restore and hold numbers, and close an account.</summary>
    Allocate,

    /// <summary>Assign or end a voice service.</summary>
    AssignVoiceService,

    /// <summary>See operations; a user of an occupier those that it started.</summary>
    SeeOperations,

    /// <summary>Cancel and retry operations; a user of the operator those that it started.</summary>
    SteerOperations,

    /// <summary>Nominate numbers as main numbers, and withdraw that.</summary>
    Nominate,

    /// <summary>See an account's main number.</summary>
    SeeMain,

    /// <summary>Say which number is an account's main number, replace and remove it.</summary>
    ConfigureMain,

    /// <summary>Say that a main number is in service, in place of the platform's message.</summary>
    ActivateMain,

    /// <summary>Put direct numbers in service, and take them out again.</summary>
    ActivateDirect,

    /// <summary>List what came over the queue and could not be carried out, and have it tried again.</summary>
    DeadLetters,

    /// <summary>Ask the platform for special and ported numbers, and see what became of it.</summary>
    RequestNumbers,

    /// <summary>Do or refuse what the platform was asked for.</summary>
    AnswerTasks,

    /// <summary>Have a site audited, and read the reports.</summary>
    Audit,

    /// <summary>See who had a number when; an operator as long as the number is at a site of its own.</summary>
    SeeHistory,

    /// <summary>Assign numbers to users, handsets and spaces; move, swap and log in handsets.</summary>
    Assign,

    /// <summary>Change how a number is set.</summary>
    EditSettings,

    /// <summary>Say who is called back and who is told of an emergency call.</summary>
    EditEmergency,

    /// <summary>Change spaces, switches, ports and handsets; who leases a space is the accounts' business.</summary>
    ManageNetwork,
}
