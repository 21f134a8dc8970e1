using System.Globalization;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Allocation;

/// <summary>What an allocation asks for: these very numbers, or so many as the site's rules choose.</summary>
abstract record AllocationWish
{
    /// <summary>What one transaction can hold at any alignment.</summary>
    public const int CountMax = (PoolDecider.BlocksMax - 1) * Block.Size;

    /// <summary>It in a form that never changes, by which a repeat is known.</summary>
    public abstract string Argument { get; }

    public abstract PoolDecision Decide(SiteState site, Recipient to, Order order);

    /// <param name="numbers">A list of numbers; or else one of the others.</param>
    /// <param name="range">A range of numbers; or else one of the others.</param>
    /// <param name="count">How many, whichever they are; or else one of the others.</param>
    /// <param name="site">Whose national form is understood.</param>
    public static Checked<AllocationWish> Read(
        IReadOnlyList<string>? numbers, RangeInput? range, int? count, Site site)
    {
        if (new object?[] { numbers, range, count }.Count(way => way is not null) != 1)
        {
            return Problems.Invalid(ProblemError.OfField(
                count is null ? "numbers" : "count", "one-of",
                "One of 'numbers', 'range' and 'count' must say what is wanted, and not more than one.",
                "Send one of them."));
        }

        if (count is not { } wanted)
        {
            return NumberInput.Read(numbers, range, site.Country).Refused(out var problem, out var named)
                ? problem
                : new Named(named);
        }

        return wanted is >= 1 and <= CountMax
            ? new Counted(wanted)
            : Problems.Invalid(ProblemError.OfField(
                "count", "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"{wanted} is not 1 to {CountMax}."),
                "Send a number in range."));
    }

    public sealed record Named(NumberSet Numbers) : AllocationWish
    {
        public override string Argument => Numbers.ToString();

        public override PoolDecision Decide(SiteState site, Recipient to, Order order) =>
            PoolDecider.Decide(site, new Allocate(Numbers, to, order));
    }

    public sealed record Counted(int Count) : AllocationWish
    {
        public override string Argument => string.Create(CultureInfo.InvariantCulture, $"count={Count}");

        public override PoolDecision Decide(SiteState site, Recipient to, Order order) =>
            PoolDecider.Decide(site, new AllocateCount(Count, to, order));
    }
}
