using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Groups;

/// <summary>In which order the members of a group ring.</summary>
public enum HuntPattern
{
    /// <summary>All at once.</summary>
    Simultaneous,

    /// <summary>One after the other, always from the first.</summary>
    Sequential,

    /// <summary>One after the other, from the one after who rang last.</summary>
    Circular,

    /// <summary>One after the other, who has been free for longest first.</summary>
    LongestIdle,

    /// <summary>One after the other, each as often the first as its weight says.</summary>
    Weighted,
}

/// <summary>A number that rings, in the term that it was in when it was named.</summary>
/// <param name="Number">Which.</param>
/// <param name="Term">A number that left service and came back is another member.</param>
/// <param name="Weight">Its share of calls; counts for <see cref="HuntPattern.Weighted"/> only.</param>
public sealed record Member(E164 Number, int Term = 0, int Weight = 1)
{
    public const int WeightMax = 100;

    /// <summary>
    /// Whether it is a direct number of the account, in the same term of service as when it was named: in service, or
    /// on its way out of it, from where it may come back.
    /// </summary>
    /// <param name="found">The number as it is; null when the site has none such.</param>
    /// <param name="account">Whose main number names it.</param>
    public bool IsOf(Number? found, Id<Account> account) =>
        found is { IsInTerm: true, Role: NumberRole.Direct } && found.Account == account && found.Term == Term;

    /// <summary>Whether it rings: only in service, and only if it has been since it was named.</summary>
    /// <param name="found">The number as it is; null when the site has none such.</param>
    /// <param name="account">Whose main number names it.</param>
    public bool Rings(Number? found, Id<Account> account) =>
        IsOf(found, account) && found!.State is NumberState.Active;
}

/// <summary>Numbers that ring for one main number.</summary>
/// <param name="Members">In the order in which they ring.</param>
/// <param name="Pattern">Which rings when.</param>
/// <param name="RingSeconds">For how long each rings.</param>
/// <param name="SkipBusy">Whether those on a call are left out.</param>
/// <param name="MaxSeconds">For how long the group rings in all.</param>
public sealed record HuntGroup(
    ImmutableArray<Member> Members,
    HuntPattern Pattern = HuntPattern.Simultaneous,
    int RingSeconds = HuntGroup.RingSecondsUsual,
    bool SkipBusy = true,
    int MaxSeconds = HuntGroup.MaxSecondsUsual)
{
    public const int MembersMax = 100;
    public const int RingSecondsUsual = 20;
    public const int MaxSecondsUsual = 60;

    /// <summary>Less than that nobody can reach a phone in.</summary>
    public const int SecondsMin = 5;
    public const int RingSecondsMax = 120;

    /// <summary>Callers do not wait longer.</summary>
    public const int SecondsMax = 600;

    public static readonly HuntGroup Default = new([]);
}
