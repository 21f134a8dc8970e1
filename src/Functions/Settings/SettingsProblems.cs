using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Calls;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>Why settings cannot be so, in words: a stable code, the fact, and the way out.</summary>
static class SettingsProblems
{
    public static Problem Of(ImmutableArray<SettingsRefusal> refusals)
    {
        ImmutableArray<ProblemError> errors = [.. refusals.Select(Error)];
        return refusals.Any(refusal => refusal is SettingsRefusal.NotYours)
            ? Problems.SettingsNotYours().With([.. errors])
            : Problems.SettingsRefused().With([.. errors]);
    }

    public static Problem Of(SettingsRefusal.Loop loop, LoopWay way) => Problems.SettingsRefused().With(
        ProblemError.OfField(loop.Field, "call-loop", $"Calls would come back: {way.Path}.", way.WayOut));

    /// <summary>The settings are as the caller read them; what nobody set yet is also new.</summary>
    public static bool HoldsFor(this Precondition precondition, StoredSettings stored) =>
        precondition is Precondition.Create ? !stored.WasSet : precondition.HoldsFor(stored.Version);

    /// <summary>What is in the way of one number of many.</summary>
    public static ProblemError OfNumber(string number, Problem problem)
    {
        if (problem.Errors is not [var first, ..])
            return ProblemError.OfNumber(number, problem.Code, problem.Detail);

        var more = problem.Errors.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $" And {problem.Errors.Length - 1} more.")
            : "";
        return ProblemError.OfNumber(
            number, first.Code, (first.Field is { } field ? $"{field}: {first.Reason}" : first.Reason) + more,
            first.WayOut) with
        { From = first.From };
    }

    static ProblemError Error(SettingsRefusal refusal) => refusal switch
    {
        SettingsRefusal.NotYours { Policy: { } policy } => ProblemError.OfField(
            refusal.Field, "setting-not-yours", $"The site's policy '{policy}' does not let you set it.",
            "Ask the operator."),
        SettingsRefusal.NotYours => ProblemError.OfField(
            refusal.Field, "setting-not-yours", "It is not yours to set.", "Ask the operator."),
        SettingsRefusal.OfMain => ProblemError.OfField(
            refusal.Field, "is-main",
            "The number is a main number: it takes calls only, and its callers meet what is configured.",
            "PUT the main number's configuration, or set a direct number."),
        SettingsRefusal.NumberNeeded => ProblemError.OfField(
            refusal.Field, "number-needed", "It takes a number, and there is none.", "Send one."),
        SettingsRefusal.ToItself => ProblemError.OfField(
            refusal.Field, "to-itself", "Calls would come back to the number at once.", "Choose another number."),
        SettingsRefusal.TooFar => ProblemError.OfField(
            refusal.Field, "calls-too-far", string.Create(
                CultureInfo.InvariantCulture, $"Calls could go on to more than {CallPaths.NumbersMax} numbers."),
            "Choose a number that passes calls on to fewer."),
        SettingsRefusal.NotTheirs theirs => ProblemError.OfField(
            refusal.Field, "not-the-accounts", $"{theirs.Number} is not in service for the same account here.",
            "Choose one of the account's numbers."),
        SettingsRefusal.NoMain => ProblemError.OfField(
            refusal.Field, "no-main-number", "The account has no main number in service here.",
            "Choose another number to be shown."),
        _ => throw new UnreachableException($"No words for {refusal}."),
    };
}
