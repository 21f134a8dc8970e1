using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Calls;

/// <summary>Where a call can be on its way through a site.</summary>
public abstract record CallPoint
{
    CallPoint() { }

    /// <summary>At a number: of the site, or elsewhere.</summary>
    public sealed record Called(E164 Number) : CallPoint
    {
        public override string ToString() => Number.ToString();
    }

    /// <summary>
    /// At an account's main number, whichever that is: what is configured counts for the next one too, and for none.
    /// </summary>
    public sealed record Main(Id<Account> Account) : CallPoint
    {
        public override string ToString() => Account.ToString();
    }
}
