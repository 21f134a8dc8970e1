using System.Globalization;
using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>An account's main number at a site.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="State">Active when it is in service; Reserved or Activating when it is to be.</param>
/// <param name="Since">Since when it has been in that state.</param>
/// <param name="Operation">The operation that brought it there.</param>
/// <param name="Next">The number that is to take its place; absent when none is.</param>
sealed record MainNumberView(
    string Number, string National, NumberState State, DateTimeOffset? Since, string? Operation, NextMainView? Next)
{
    public static MainNumberView Of(MainNumbers mains) => new(
        mains.Main.Number.ToString(), PhoneText.National(mains.Main.Number), mains.Main.Is.State, mains.Main.Is.Since,
        mains.Main.Is.Operation?.Value,
        mains.Next is { } next
            ? new(next.Number.ToString(), PhoneText.National(next.Number), next.Is.State, next.Is.Operation?.Value)
            : null);
}

/// <summary>A number that is to take the main number's place.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="State">Reserved, or Activating while the platform is waited for.</param>
/// <param name="Operation">The operation that brought it there.</param>
sealed record NextMainView(string Number, string National, NumberState State, string? Operation);

/// <summary>A number, and what it is.</summary>
readonly record struct KnownNumber(E164 Number, Number Is);

/// <summary>The main number of an account, and the one that is to take its place.</summary>
sealed record MainNumbers(KnownNumber Main, KnownNumber? Next)
{
    /// <summary>What a caller saw: which numbers, and the version of each.</summary>
    public ETag ETag => new(Next is { } next ? $"{Text(Main)},{Text(next)}" : Text(Main));

    /// <summary>Null when the account has none.</summary>
    public static async Task<MainNumbers?> ReadAsync(
        SiteQueries sites, Id<Site> site, Id<Account> account, CancellationToken ct)
    {
        var holding = await sites.HoldingAsync(site, account, ct);
        return holding.Main is { } main && await OfAsync(main) is { } known
            ? new(known, holding.NextMain is { } next ? await OfAsync(next) : null)
            : null;

        async Task<KnownNumber?> OfAsync(E164 number) =>
            await sites.NumberAsync(site, number, ct) is { } found ? new(number, found) : null;
    }

    /// <summary>The same from what a decision sees; null when the account has none.</summary>
    public static MainNumbers? Of(SiteState site, Id<Account> account)
    {
        var holding = site.Holding(account);
        return holding.Main is { } main && Known(main) is { } known
            ? new(known, holding.NextMain is { } next ? Known(next) : null)
            : null;

        KnownNumber? Known(E164 number) => site.Pool.Find(number) is { } found ? new(number, found) : null;
    }

    static string Text(KnownNumber known) =>
        string.Create(CultureInfo.InvariantCulture, $"{known.Number.Digits}-{known.Is.Version}");
}
