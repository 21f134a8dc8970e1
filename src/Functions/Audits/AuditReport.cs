using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Audits;
using Telephony.Functions.Http;

namespace Telephony.Functions.Audits;

/// <summary>What somebody who looked at a site found there.</summary>
/// <param name="Id">The operation that looked.</param>
/// <param name="At">When.</param>
/// <param name="By">Who wanted it.</param>
/// <param name="Note">Why, as the caller gave it.</param>
/// <param name="RulesVersion">The rules that were in force.</param>
/// <param name="NumberCount">Numbers that were looked at.</param>
/// <param name="FindingCount">All findings that there were.</param>
/// <param name="CriticalCount">How many of them are critical.</param>
/// <param name="WarningCount">How many of them are warnings.</param>
/// <param name="Findings">The first of them, what matters most first: as many as are kept.</param>
sealed record AuditReport(
    OperationId Id,
    DateTimeOffset At,
    string By,
    string? Note,
    int RulesVersion,
    int NumberCount,
    int FindingCount,
    int CriticalCount,
    int WarningCount,
    ImmutableArray<FindingView> Findings)
{
    /// <summary>Nobody reads further, and the next audit finds what is left.</summary>
    public const int FindingsMax = 1_000;
}

/// <summary>A finding as people see it.</summary>
/// <param name="Code">For programs; it never changes.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reason">What was found.</param>
/// <param name="WayOut">What to do about it.</param>
/// <param name="Account">Whose numbers it is about.</param>
/// <param name="Operation">The operation that it is about.</param>
/// <param name="NumberCount">How many numbers it is about.</param>
/// <param name="Numbers">The lowest of them, in E.164; at most 100.</param>
sealed record FindingView(
    string Code,
    Severity Severity,
    string Reason,
    string WayOut,
    string? Account,
    string? Operation,
    int NumberCount,
    ImmutableArray<string> Numbers)
{
    public const int NumbersMax = 100;
}

/// <summary>A report as people see it.</summary>
/// <param name="Id">Its id, unique within the site.</param>
/// <param name="Site">Where.</param>
/// <param name="At">When somebody looked.</param>
/// <param name="By">The user's id; system for the daily one.</param>
/// <param name="Note">Why, as the caller gave it.</param>
/// <param name="RulesVersion">The version of the site's rules that was in force.</param>
/// <param name="NumberCount">Numbers that were looked at.</param>
/// <param name="FindingCount">How many findings there were.</param>
/// <param name="CriticalCount">How many of them are critical.</param>
/// <param name="WarningCount">How many of them are warnings.</param>
/// <param name="Findings">At most 1,000, what matters most first; absent in lists.</param>
sealed record AuditView(
    string Id,
    string Site,
    DateTimeOffset At,
    string By,
    string? Note,
    int RulesVersion,
    int NumberCount,
    int FindingCount,
    int CriticalCount,
    int WarningCount,
    [property: NotInTables] ImmutableArray<FindingView>? Findings)
{
    public static AuditView Of(AuditReport report) => InList(report) with { Findings = report.Findings };

    public static AuditView InList(AuditReport report) => new(
        report.Id.Hash,
        report.Id.Site.Value,
        report.At,
        report.By,
        report.Note,
        report.RulesVersion,
        report.NumberCount,
        report.FindingCount,
        report.CriticalCount,
        report.WarningCount,
        Findings: null);
}
