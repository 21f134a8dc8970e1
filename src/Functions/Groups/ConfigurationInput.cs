using NodaTime;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Groups;

/// <summary>Reads what is configured for a main number from a body: all that cannot be read, at once.</summary>
/// <param name="country">The region of national forms of numbers; null for what was checked before.</param>
sealed class ConfigurationInput(string? country)
{
    public const int LabelMax = 80;

    /// <summary>Some holidays have long names: one of Croatia's has 82 characters.</summary>
    public const int DateNameMax = 120;
    public const int GreetingMax = 1_000;
    public const string ExtensionPattern = "^[0-9]{1,8}$";
    const int ExtensionMax = 8;

    readonly BodyErrors errors = new();

    /// <summary>As it was sent; what is wrong with it at the site is not looked at.</summary>
    public static Checked<GroupFeatures> Of(MainConfiguration form, string country)
    {
        var input = new ConfigurationInput(country);
        var features = input.Read(form);
        if (input.errors.Problem is null)
            input.errors.Add(Problems(FeatureChecks.Anywhere(features)));
        return input.errors.Problem is { } problem ? problem : features;
    }

    /// <summary>As it was stored, when numbering plans may have been others.</summary>
    public static GroupFeatures Stored(MainConfiguration form)
    {
        var input = new ConfigurationInput(country: null);
        var features = input.Read(form);
        return input.errors.Problem is { } problem
            ? throw new InvalidOperationException($"A stored configuration cannot be read: {problem.Detail}")
            : features;
    }

    public static OpeningTimes Stored(SiteSchedule form) => new TimesInput(new()).Of(form.BusinessHours, form.Holidays);

    public static Checked<OpeningTimes> Of(SiteSchedule form)
    {
        var errors = new BodyErrors();
        var times = new TimesInput(errors).Of(form.BusinessHours, form.Holidays);
        if (errors.Problem is null)
            errors.Add(Problems(FeatureChecks.Of(times)));
        return errors.Problem is { } problem ? problem : times;
    }

    public static IEnumerable<ProblemError> Problems(IEnumerable<FeatureError> found) =>
        found.Select(error => ProblemError.OfField(error.Field, error.Code, error.Reason, error.WayOut));

    GroupFeatures Read(MainConfiguration form)
    {
        var times = new TimesInput(errors);
        if (form is { HoursSource: null } and not { BusinessHours: null, Holidays: null, TimeZone: null })
        {
            errors.Add(
                "hoursSource", "missing", "Hours, holidays or a zone are sent, and it is not said whose count.",
                "Send Own for these, or Site for the site's: those sent are then kept for later.");
        }

        return new()
        {
            DisplayName = Label("displayName", form.DisplayName),
            Extension = Extension(form.Extension),
            ReceptionLabel = Label("receptionLabel", form.ReceptionLabel),
            Reception = form.ReceptionNumber is { } named ? new(Number("receptionNumber", named)) : null,
            TimeZone = form.TimeZone,
            HoursSource = form.HoursSource ?? HoursSource.Site,
            Own = times.Of(form.BusinessHours, form.Holidays),
            Closures = times.Closures(form.Closures ?? []),
            Override = form.Override is { } byHand
                ? new(byHand.Kind, byHand.Until is { } until ? Instant.FromDateTimeOffset(until) : null) : null,
            InHours = To("inHours", form.InHours) ?? GroupFeatures.Default.InHours,
            OutOfHours = To("outOfHours", form.OutOfHours) ?? GroupFeatures.Default.OutOfHours,
            OnHoliday = To("holiday", form.Holiday) ?? GroupFeatures.Default.OnHoliday,
            NotAnsweredSeconds = form.IfNotAnswered?.AfterSeconds ?? GroupFeatures.Default.NotAnsweredSeconds,
            IfNotAnswered = To("ifNotAnswered.to", form.IfNotAnswered?.To) ?? GroupFeatures.Default.IfNotAnswered,
            IfBusy = To("ifBusy", form.IfBusy) ?? GroupFeatures.Default.IfBusy,
            IfUnreachable = To("ifUnreachable", form.IfUnreachable) ?? GroupFeatures.Default.IfUnreachable,
            HuntGroup = form.HuntGroup is { } group ? Group(group, times) : HuntGroup.Default,
            Voicemail = form.Voicemail is { } voicemail ? Voicemail(voicemail) : new(),
            Greetings = new(
                Greeting("greetings.inHours", form.Greetings?.InHours),
                Greeting("greetings.outOfHours", form.Greetings?.OutOfHours),
                Greeting("greetings.holiday", form.Greetings?.Holiday)),
        };
    }

    HuntGroup Group(HuntGroupForm form, TimesInput lists) => new(
        lists.Each("huntGroup.members", form.Members ?? [], HuntGroup.MembersMax, (member, at) =>
            new Member(Number($"{at}.number", member.Number), Weight: member.Weight)),
        form.Pattern, form.RingSeconds, form.SkipBusy, form.MaxSeconds);

    Voicemail Voicemail(VoicemailForm form) => new(
        form.Enabled, form.SendsMail, form.ToEmail is { } mail ? errors.Email("voicemail.toEmail", mail) : null);

    Destination? To(string field, DestinationForm? form)
    {
        switch (form)
        {
            case null:
                return null;
            case { Kind: DestinationKind.Forward, Number: null }:
                errors.Add($"{field}.number", "missing", "Forward needs a number.", "Send one.");
                return null;
            case { Kind: not DestinationKind.Forward, Number: not null }:
                errors.Add($"{field}.number", "not-forwarded", $"{form.Kind} has no number.",
                    "Leave it out, or send the kind Forward.");
                return null;
            case { Kind: DestinationKind.Forward, Number: var number }:
                return new Destination.Forward(Dialable($"{field}.number", number));
            default:
                return form.Kind switch
                {
                    DestinationKind.HuntGroup => new Destination.HuntGroup(),
                    DestinationKind.Reception => new Destination.Reception(),
                    DestinationKind.Voicemail => new Destination.Voicemail(),
                    _ => new Destination.Announcement(),
                };
        }
    }

    /// <summary>Not all that looks like a number can be called, and help must not be called by forwarding.</summary>
    E164 Dialable(string field, string text)
    {
        if (country is null)
            return E164.Parse(text);
        if (NumberInput.ReadDialable(text, country, field, out var number) is { } wrong)
            errors.Add([wrong]);
        return number;
    }

    E164 Number(string field, string text)
    {
        if (country is null)
            return E164.Parse(text);
        if (NumberInput.Read(text, country, field, out var number) is { } wrong)
            errors.Add([wrong]);
        return number;
    }

    string? Label(string field, string? text) => text is null ? null : errors.Line(field, text, LabelMax);

    string? Greeting(string field, string? text) => text is null ? null : errors.Line(field, text, GreetingMax);

    string? Extension(string? text)
    {
        if (text is not null && (text.Length is 0 or > ExtensionMax || !text.All(char.IsAsciiDigit)))
            errors.Add("extension", "bad-text", "It is not 1 to 8 digits.", "Send 1 to 8 digits.");
        return text;
    }
}
