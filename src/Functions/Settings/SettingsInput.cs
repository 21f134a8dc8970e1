using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Settings;

/// <summary>Makes settings of what a body says, and collects what is wrong with it.</summary>
/// <param name="errors">Gets an error for each field.</param>
/// <param name="country">The region of national forms.</param>
/// <param name="prefix">Where in the body the settings stand, such as <c>settings.</c>.</param>
/// <param name="wasChecked">
/// Whether all of it could be dialled when it was set: numbering plans change, and nobody's setting is lost by that.
/// </param>
sealed class SettingsInput(BodyErrors errors, string country, string prefix, bool wasChecked = false)
{
    public NumberSettings Read(SettingsBody body)
    {
        var set = NumberSettings.Default;
        return set with
        {
            Label = Line("label", body.Label, SettingsLimits.LabelMax),
            Voicemail = Voicemail(set.Voicemail, body.Voicemail),
            Forwarding = Forwarding(set.Forwarding, body.Forwarding),
            DoNotDisturb = new(body.DoNotDisturb?.On ?? false, body.DoNotDisturb?.RingSplash ?? false),
            CallWaiting = new(body.CallWaiting?.On ?? set.CallWaiting.On),
            CallerId = new(
                body.CallerId?.Show ?? set.CallerId.Show,
                body.CallerId?.Number is { } shown ? Number("callerId.number", shown) : null),
            SimultaneousRing = SimultaneousRing(set.SimultaneousRing, body.SimultaneousRing),
            Screening = new(Rules(body.Screening?.Rules ?? []), body.Screening?.RejectAnonymous ?? false),
            AuthorizationCode = new(body.AuthorizationCode?.Required ?? false),
            OutgoingPermissions = Permissions(set.OutgoingPermissions, body.OutgoingPermissions),
            HotDesk = HotDesk(set.HotDesk, body.HotDesk),
            Intercept = new(
                body.Intercept?.On ?? false,
                Line("intercept.announcement", body.Intercept?.Announcement, SettingsLimits.AnnouncementMax)),
        };
    }

    Voicemail Voicemail(Voicemail usual, VoicemailSetting? body)
    {
        var email = body?.Email is { } text ? errors.Email(prefix + "voicemail.email", text) : null;
        var seconds = body?.RingSeconds ?? usual.RingSeconds;
        RingSeconds("voicemail.ringSeconds", seconds);
        return new(body?.On ?? usual.On, email, seconds);
    }

    Forwarding Forwarding(Forwarding usual, ForwardingSetting? body)
    {
        var seconds = body?.NoAnswer?.Seconds ?? usual.NoAnswerSeconds;
        RingSeconds("forwarding.noAnswer.seconds", seconds);
        return new(
            Forward("always", body?.Always?.On, body?.Always?.Number),
            Forward("busy", body?.Busy?.On, body?.Busy?.Number),
            Forward("noAnswer", body?.NoAnswer?.On, body?.NoAnswer?.Number),
            seconds,
            Forward("unreachable", body?.Unreachable?.On, body?.Unreachable?.Number));
    }

    Forward Forward(string name, bool? on, string? number) =>
        new(on ?? false, number is null ? null : Target($"forwarding.{name}.number", number));

    SimultaneousRing SimultaneousRing(SimultaneousRing usual, SimultaneousRingSetting? body)
    {
        const string Field = "simultaneousRing.numbers";
        var texts = body?.Numbers ?? [];
        errors.Count(prefix + Field, texts.Count, SettingsLimits.SimultaneousMax);
        var numbers = new List<E164>();
        foreach (var (index, text) in texts.Take(SettingsLimits.SimultaneousMax).Index())
        {
            if (Target(At(Field, index), text) is { } number && !Twice(numbers.Contains(number), At(Field, index)))
                numbers.Add(number);
        }

        return new([.. numbers], body?.SkipWhileOnCall ?? usual.SkipWhileOnCall);
    }

    ImmutableArray<ScreeningRule> Rules(IReadOnlyList<ScreeningRuleSetting?> bodies)
    {
        const string Field = "screening.rules";
        errors.Count(prefix + Field, bodies.Count, SettingsLimits.ScreeningRulesMax);
        var rules = new List<ScreeningRule>();
        foreach (var (index, body) in bodies.Take(SettingsLimits.ScreeningRulesMax).Index())
        {
            var at = At(Field, index);
            if (body is null)
                errors.Add(prefix + at, "bad-json", "It is null.", "Leave it out.");
            else if (Callers($"{at}.callers", body.Callers) is { } callers
                && !Twice(rules.Any(rule => rule.Callers == callers), $"{at}.callers"))
                rules.Add(new(callers, body.Action));
        }

        return [.. rules];
    }

    CallerPattern? Callers(string field, string text)
    {
        if (CallerPattern.TryParse(text, out var pattern))
            return pattern;
        if (!text.EndsWith('*'))
            return Number(field, text) is { } number ? CallerPattern.Of(number) : null;

        errors.Add(
            prefix + field, "not-a-number", $"'{Problems.Shown(text)}' is no beginning of numbers.",
            "Send a plus sign, digits and a star, such as +4420*.");
        return null;
    }

    static OutgoingPermissions Permissions(OutgoingPermissions usual, OutgoingPermissionsSetting? body) => new(
        body?.National ?? usual.National, body?.Mobile ?? usual.Mobile, body?.Freephone ?? usual.Freephone,
        body?.SharedCost ?? usual.SharedCost, body?.International ?? usual.International,
        body?.Premium ?? usual.Premium);

    HotDesk HotDesk(HotDesk usual, HotDeskSetting? body)
    {
        var hours = body?.LongestSessionHours ?? usual.LongestSessionHours;
        errors.Range(prefix + "hotDesk.longestSessionHours", hours, 1, SettingsLimits.SessionHoursMax);
        return new(body?.Allow ?? usual.Allow, hours);
    }

    /// <summary>A number that calls can be passed on to.</summary>
    E164? Target(string field, string? text)
    {
        if (wasChecked)
            return Number(field, text);
        return OrWrong(NumberInput.ReadDialable(text, country, prefix + field, out var number), number);
    }

    E164? Number(string field, string? text) => wasChecked && E164.TryParse(text, out var stored)
        ? stored
        : OrWrong(NumberInput.Read(text, country, prefix + field, out var number), number);

    E164? OrWrong(ProblemError? wrong, E164 number)
    {
        if (wrong is null)
            return number;
        errors.Add(wrong);
        return null;
    }

    bool Twice(bool isThere, string field)
    {
        if (isThere)
            errors.Add(prefix + field, "named-twice", "It already stands before.", "Name it once.");
        return isThere;
    }

    string? Line(string field, string? text, int max) => text is null ? null : errors.Line(prefix + field, text, max);

    void RingSeconds(string field, int seconds) => errors.Range(
        prefix + field, seconds, SettingsLimits.RingSecondsMin, SettingsLimits.RingSecondsMax);

    static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
