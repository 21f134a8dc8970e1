using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Services;

/// <summary>
/// What one account has at one site. It changes in the same transaction as the numbers that it counts.
/// </summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Services">By id.</param>
/// <param name="DirectNumbers">
/// Direct numbers allocated to it there. A counter, because the blocks that a decision does not touch may be out of
/// date.
/// </param>
/// <param name="Main">The main number that is reserved for it there, or in service; null when none is.</param>
/// <param name="LacksMain">
/// Whether its services need a main number that could not be had, so that it is still looked for.
/// </param>
/// <param name="NextMain">The number that is to take the main number's place; null when none is.</param>
/// <param name="InService">
/// Those of its direct numbers that are Activating, Active or Deactivating. A counter for the same reason, and so that
/// two activations in different blocks meet in its row.
/// </param>
public sealed record Holding(
    Id<Account> Account,
    ImmutableSortedDictionary<Id<VoiceService>, VoiceService> Services,
    int DirectNumbers,
    E164? Main = null,
    bool LacksMain = false,
    E164? NextMain = null,
    int InService = 0)
{
    /// <summary>So many fit into its row with room to spare, and a person can still read the list.</summary>
    public const int ServicesMax = 100;

    public static Holding Empty(Id<Account> account) =>
        new(account, ImmutableSortedDictionary<Id<VoiceService>, VoiceService>.Empty, 0);

    public bool HasNumbers => DirectNumbers > 0 || Main is not null;

    public VoiceService? Service(Id<VoiceService> id) => Services.GetValueOrDefault(id);

    public Holding With(VoiceService service) => this with { Services = Services.SetItem(service.Id, service) };

    /// <summary>With the service as asked for, one version on; the very same holding when it already is so.</summary>
    public Holding Assign(Id<VoiceService> id, string code, int quantity) => Service(id) switch
    {
        null => With(new(id, code, quantity)),
        { } before when before.Code == code && before.Quantity == quantity => this,
        { } before => With(before with { Code = code, Quantity = quantity, Version = before.Version + 1 }),
    };

    /// <summary>Without one of its services; where that was the last, no main number is looked for any more.</summary>
    public Holding Without(Id<VoiceService> id) => Services.Remove(id) is var left && left.IsEmpty
        ? this with { Services = left, LacksMain = false }
        : this with { Services = left };

    /// <summary>
    /// How many direct numbers beside those in service its services let it activate: Σ(quantity × numbersPerUnit +
    /// extra) − in service.
    /// </summary>
    /// <remarks>A main number that another one replaced is a direct number, and may exceed it.</remarks>
    public int EntitlementLeft(SiteRules rules) => Math.Max(0, Required(rules) - InService);

    /// <summary>Any service entitles to a main number, which uses none of it up.</summary>
    public bool IsEntitledToMain => !Services.IsEmpty;

    /// <summary>
    /// How many direct numbers its services need beyond those it has: max(0, Σ(quantity × numbersPerUnit + extra) −
    /// has). Numbers allocated by hand count as had, so they are used first.
    /// </summary>
    public int Shortfall(SiteRules rules) => Math.Max(0, Required(rules) - DirectNumbers);

    /// <summary>How many direct numbers its services call for, Σ(quantity × numbersPerUnit + extra).</summary>
    /// <remarks>A service whose code the rules no longer name needs nothing more.</remarks>
    public int Required(SiteRules rules) => Services.Values.Sum(service =>
        rules.Service(service.Code) is { } rule ? (service.Quantity * rule.NumbersPerUnit) + rule.Extra : 0);
}
