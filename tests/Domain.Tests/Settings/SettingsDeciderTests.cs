using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Access;
using Telephony.Domain.Calls;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Tests.Settings;

public sealed class SettingsDeciderTests
{
    static readonly E164 Ours = E164.Parse("+442079460001");
    static readonly E164 Other = E164.Parse("+442079460002");
    static readonly NumberSettings Default = NumberSettings.Default;
    static readonly PathSearch Ends = new PathSearch.NoLoop();

    /// <summary>One change of each setting.</summary>
    static readonly Dictionary<Setting, NumberSettings> Changed = new()
    {
        [Setting.Label] = Default with { Label = "Front desk" },
        [Setting.Voicemail] = Default with { Voicemail = new(On: true) },
        [Setting.Forwarding] = Default with { Forwarding = Default.Forwarding with { Busy = new(true, Other) } },
        [Setting.DoNotDisturb] = Default with { DoNotDisturb = new(On: true) },
        [Setting.CallWaiting] = Default with { CallWaiting = new(On: false) },
        [Setting.CallerId] = Default with { CallerId = new(ShownNumber.Withheld) },
        [Setting.SimultaneousRing] = Default with { SimultaneousRing = new([Other], true) },
        [Setting.Screening] = Default with { Screening = new([], RejectAnonymous: true) },
        [Setting.AuthorizationCode] = Default with { AuthorizationCode = new(Required: true) },
        [Setting.OutgoingPermissions] = Default with { OutgoingPermissions = new(Premium: true) },
        [Setting.HotDesk] = Default with { HotDesk = new(Allow: true) },
        [Setting.Intercept] = Default with { Intercept = new(On: true) },
    };

    // By hand, as the specification says it: Platform, OperatorAdmin, OperatorUser, OccupierAdmin, OccupierUser;
    // p is for by policy.
    static readonly Dictionary<Setting, string> Table = new()
    {
        [Setting.Label] = "yyyy-",
        [Setting.Voicemail] = "yyyyy",
        [Setting.Forwarding] = "yyyyy",
        [Setting.DoNotDisturb] = "yyyyy",
        [Setting.CallWaiting] = "yyyyy",
        [Setting.CallerId] = "yyypp",
        [Setting.SimultaneousRing] = "yyyyy",
        [Setting.Screening] = "yyyyy",
        [Setting.AuthorizationCode] = "yyy--",
        [Setting.OutgoingPermissions] = "yyy--",
        [Setting.HotDesk] = "yyyyy",
        [Setting.Intercept] = "yyy--",
    };

    [Fact]
    public void Each_role_sets_what_the_table_says()
    {
        Assert.Equal(Enum.GetValues<Setting>(), Table.Keys.Order());
        foreach (var (setting, row) in Table)
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var isAllowed = row[(int)role] is 'y';
                var change = new ChangeSettings(Ours, role, new Policies(), Default, Changed[setting]);
                Assert.True(
                    SettingsDecider.Decide(change, Ends) is SettingsDecision.Accepted == isAllowed,
                    $"{role} {setting}");
                var letsAll = new Policies(OccupierEditsCallerId: true);
                Assert.Equal(
                    row[(int)role] is 'y' or 'p',
                    SettingsDecider.Decide(change with { Policies = letsAll }, Ends) is SettingsDecision.Accepted);
            }
        }
    }

    /// <summary>Its callers meet what is configured, and nobody calls from it.</summary>
    [Fact]
    public void A_main_number_takes_only_the_settings_that_are_heeded()
    {
        foreach (var (setting, settings) in Changed)
        {
            var decision = SettingsDecider.Decide(
                new(Ours, Role.Platform, new Policies(), Default, settings) { OfMain = true }, Ends);
            Assert.Equal(
                setting is Setting.Label or Setting.Screening or Setting.Intercept,
                decision is SettingsDecision.Accepted);
            if (decision is SettingsDecision.Refused refused)
                Assert.IsType<SettingsRefusal.OfMain>(Assert.Single(refused.Refusals));
        }
    }

    [Fact]
    public void What_is_not_theirs_is_named_with_the_policy_that_would_let_them()
    {
        var wanted = Changed[Setting.CallerId] with { Intercept = new(On: true), DoNotDisturb = new(On: true) };

        var decision = SettingsDecider.Decide(
            new(Ours, Role.OccupierUser, new Policies(), Default, wanted), Ends);

        Assert.Equal(
            [
                new SettingsRefusal.NotYours("callerId", "occupierEditsCallerId"),
                new SettingsRefusal.NotYours("intercept", null),
            ],
            Assert.IsType<SettingsDecision.Refused>(decision).Refusals);
    }

    [Fact]
    public void Every_setting_has_fields_by_which_a_change_is_told()
    {
        foreach (var (setting, settings) in Changed)
        {
            Assert.Equal([setting], SettingsFields.Settings(Default, settings));
            Assert.All(SettingsFields.Changes(Default, settings), change =>
                Assert.StartsWith(setting.ToString(), change.Field, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void What_changed_has_its_value_before_and_after()
    {
        var after = Default with
        {
            Label = "Front desk",
            CallWaiting = new(On: false),
            Forwarding = Default.Forwarding with { NoAnswer = new(true, Other), NoAnswerSeconds = 30 },
            SimultaneousRing = new([Other, E164.Parse("+442079460003")], true),
            Screening = new([new(CallerPattern.Of(Other), ScreeningAction.Reject)], false),
        };

        Assert.Equal(
            [
                new("label", null, "Front desk"),
                new("forwarding.noAnswer.on", "false", "true"),
                new("forwarding.noAnswer.number", null, "+442079460002"),
                new("forwarding.noAnswer.seconds", "20", "30"),
                new("callWaiting.on", "true", "false"),
                new("simultaneousRing.numbers", null, "+442079460002, +442079460003"),
                new("screening.rules", null, "Reject +442079460002"),
            ],
            SettingsFields.Changes(Default, after));
    }

    [Fact]
    public void Settings_are_equal_when_no_field_tells_them_apart() =>
        Gen.Select(SomeSettings.Any, SomeSettings.Any).Sample((one, other) =>
        {
            Assert.Equal(one == other, SettingsFields.Changes(one, other).IsEmpty);
            Assert.Empty(SettingsFields.Changes(one, one));
            Assert.Equal(
                SettingsFields.Changes(one, other).Select(change => (change.Field, change.After, change.Before)),
                SettingsFields.Changes(other, one).Select(change => (change.Field, change.Before, change.After)));
        }, iter: 1_000);

    [Fact]
    public void What_already_is_so_is_no_change_whoever_asks() => SomeSettings.Any.Sample(settings =>
        Assert.All(Enum.GetValues<Role>(), role => Assert.IsType<SettingsDecision.Unchanged>(
            SettingsDecider.Decide(new(Ours, role, new(), settings, settings), Ends))), iter: 200);

    [Fact]
    public void A_number_passes_nothing_on_to_itself_nor_to_nothing()
    {
        Refuses(
            Forwarding(f => f with { Always = new(true) }),
            new SettingsRefusal.NumberNeeded("forwarding.always.number"));
        Refuses(
            Forwarding(f => f with { Unreachable = new(false, Ours) }),
            new SettingsRefusal.ToItself("forwarding.unreachable.number"));
        Refuses(
            Default with { SimultaneousRing = new([Other, Ours], true) },
            new SettingsRefusal.ToItself("simultaneousRing.numbers"));
    }

    [Fact]
    public void Only_a_number_that_the_account_has_is_shown()
    {
        var another = Default with { CallerId = new(ShownNumber.Another, Other) };
        Refuses(another, new SettingsRefusal.NotTheirs("callerId.number", Other));
        Refuses(
            Default with { CallerId = new(ShownNumber.Another) }, new SettingsRefusal.NumberNeeded("callerId.number"));
        Refuses(Default with { CallerId = new(ShownNumber.Main) }, new SettingsRefusal.NoMain("callerId.show"));

        Assert.IsType<SettingsDecision.Accepted>(
            SettingsDecider.Decide(ByAdmin(another) with { HasShown = true }, Ends));
        Assert.IsType<SettingsDecision.Accepted>(SettingsDecider.Decide(
            ByAdmin(Default with { CallerId = new(ShownNumber.Main) }) with { Main = Other }, Ends));
        // What was right once does not stand in the way of something else.
        Assert.IsType<SettingsDecision.Accepted>(SettingsDecider.Decide(
            ByAdmin(another with { Label = "Front desk" }) with { Before = another }, Ends));
    }

    [Fact]
    public void A_loop_is_refused_with_the_way_that_calls_would_take()
    {
        var third = E164.Parse("+442079460003");
        var wanted = Forwarding(f => f with { Busy = new(true, third), Unreachable = new(true, Other) });
        ImmutableArray<CallPoint> path = [.. new[] { Ours, Other, Ours }.Select(n => new CallPoint.Called(n))];

        Assert.Equal(
            [new SettingsRefusal.Loop("forwarding.unreachable.number", path)],
            Assert.IsType<SettingsDecision.Refused>(SettingsDecider.Decide(
                ByAdmin(wanted), new PathSearch.Loop(path))).Refusals);
        // Turned off, it leads nowhere.
        Assert.Empty(Forwarding(f => f with { Unreachable = new(false, Other) }).Targets());
    }

    [Fact]
    public void Calls_that_could_go_on_too_far_are_refused_by_what_was_changed()
    {
        foreach (var (setting, field) in new[]
        {
            (Setting.Forwarding, "forwarding"), (Setting.SimultaneousRing, "simultaneousRing"),
        })
        {
            Assert.Equal(
                [new SettingsRefusal.TooFar(field)],
                Assert.IsType<SettingsDecision.Refused>(SettingsDecider.Decide(
                    ByAdmin(Changed[setting]), new PathSearch.TooFar())).Refusals);
        }
    }

    static void Refuses(NumberSettings wanted, SettingsRefusal refusal) => Assert.Equal(
        [refusal],
        Assert.IsType<SettingsDecision.Refused>(SettingsDecider.Decide(ByAdmin(wanted), Ends)).Refusals);

    static ChangeSettings ByAdmin(NumberSettings after) =>
        new(Ours, Role.OperatorAdmin, new Policies(), Default, after);

    static NumberSettings Forwarding(Func<Forwarding, Forwarding> change) =>
        Default with { Forwarding = change(Default.Forwarding) };
}
