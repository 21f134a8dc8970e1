using System.Collections.Immutable;
using System.Reflection;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Tests.Rules;

/// <summary>Every field of the rules has a name, found by reflection: a new one without it fails.</summary>
public sealed class RuleFieldsTests
{
    public static TheoryData<string> Fields => [.. Changes().Select(change => change.Field)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_that_changes_is_named(string field)
    {
        var changed = Changes().Single(change => change.Field == field).Rules;

        Assert.Equal([field], RuleFields.Changed(SiteRules.Default, changed));
        Assert.Equal([field], RuleFields.Changed(changed, SiteRules.Default));
        Assert.False(SiteRules.Default.SameAs(changed));
        Assert.Empty(RuleFields.Changed(changed, changed with { Version = 7 }));
    }

    [Fact]
    public void The_platform_alone_changes_policies_and_what_it_agreed_on_with_the_operator() => Assert.Equal(
        [
            "directActivation", "mainActivation", "mainNomination", "managedByPlatform", "onBehalfAllowed",
            "policies.occupierAdminAssigns", "policies.occupierAdminEditsSettings", "policies.occupierEditsCallerId",
            "policies.occupierUserEditsOwnSettings",
            "policies.operatorAdminEditsRules", "policies.operatorUserActivates", "policies.operatorUserAllocates",
            "policies.operatorUserAssignsServices", "policies.operatorUserConfiguresMain",
            "policies.operatorUserEditsNetwork", "policies.operatorUserRequestsSpecial",
        ],
        Changes().SelectMany(change => RuleFields.ChangedOfPlatform(SiteRules.Default, change.Rules)).Order());

    [Fact]
    public void Services_are_named_by_their_codes_and_their_order_is_a_change_of_its_own()
    {
        ServiceRule voice = new("voice", "Voice"), room = new("room", "Room", 2, 1), fax = new("fax", "Fax", 0, 3);
        var before = SiteRules.Default with { Services = [voice, room, fax] };

        Assert.Equal(["services.room", "services.line"], RuleFields.Changed(
            before, before with { Services = [voice, fax, new("line", "Line")] }));
        Assert.Equal(["services.fax"], RuleFields.Changed(
            before, before with { Services = [voice, room, fax with { Extra = 4 }] }));
        Assert.Equal(["services"], RuleFields.Changed(before, before with { Services = [room, voice, fax] }));
        Assert.Empty(RuleFields.Changed(before, before with { Services = [voice, room, fax with { }] }));
    }

    /// <summary>The default rules, each time with one field changed.</summary>
    static IEnumerable<(string Field, SiteRules Rules)> Changes() =>
        from property in typeof(SiteRules).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.Name != nameof(SiteRules.Version)
        from value in Others(property.GetValue(SiteRules.Default), property.PropertyType)
        select (Name(property) + value.Suffix, With(property, value.Value));

    static SiteRules With(PropertyInfo property, object value)
    {
        var rules = SiteRules.Default with { };
        property.SetValue(rules, value);
        return rules;
    }

    static IEnumerable<(string Suffix, object Value)> Others(object? value, Type type) => value switch
    {
        bool flag => [("", !flag)],
        int number => [("", number + 1)],
        null when type == typeof(int?) => [("", 7)],
        Enum choice => [("", Enum.GetValues(type).Cast<object>().First(other => !other.Equals(choice)))],
        ImmutableArray<ServiceRule> services =>
            [(".voice", ImmutableArray.Create(services[0] with { NumbersPerUnit = 9 }))],
        CooldownTreatment => [(".kind", new CooldownTreatment(CooldownTreatmentKind.Forward)),
            (".forwardTo", new CooldownTreatment(ForwardTo: "+442079460000"))],
        PremiumPatterns or Policies => type.GetConstructors()
            .Single(constructor => constructor.GetParameters().Length > 1).GetParameters()
            .Select(part => (
                $".{char.ToLowerInvariant(part.Name![0])}{part.Name[1..]}", Flipped(value, type, part.Name))),
        _ => throw new InvalidOperationException($"Say how a {type.Name} changes."),
    };

    static object Flipped(object record, Type type, string name)
    {
        var copy = type.GetMethod("<Clone>$")!.Invoke(record, null)!;
        var property = type.GetProperty(name)!;
        property.SetValue(copy, !(bool)property.GetValue(copy)!);
        return copy;
    }

    static string Name(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
}
