using Telephony.Domain.Directory;

namespace Telephony.Domain.Tests.Directory;

public sealed class AccountTests
{
    static readonly Operator Desks = new(Id<Operator>.Parse("desks"), "Desks Ltd");

    static readonly Site London = SiteOf("london", Desks.Id);
    static readonly Site Leeds = SiteOf("leeds", Desks.Id);
    static readonly Site Elsewhere = SiteOf("elsewhere", Id<Operator>.Parse("rooms"));

    [Fact]
    public void An_operators_own_account_carries_its_id_and_is_at_all_its_sites_and_no_other()
    {
        var account = Account.OfOperator(Desks);

        Assert.Equal(Desks.Id.Value, account.Id.Value);
        Assert.Equal((Desks.Id, AccountKind.Operator), (account.Operator, account.Kind));
        Assert.Equal([true, true, false], new[] { London, Leeds, Elsewhere }.Select(account.IsAt));
    }

    [Fact]
    public void An_occupier_is_at_the_sites_it_is_attached_to_and_never_at_another_operators()
    {
        var account = new Account(
            Id<Account>.Parse("acme"), Desks.Id, AccountKind.Occupier, "Acme", [London.Id, Elsewhere.Id]);

        Assert.Equal([true, false, false], new[] { London, Leeds, Elsewhere }.Select(account.IsAt));
    }

    static Site SiteOf(string id, Id<Operator> owner) =>
        new(Id<Site>.Parse(id), owner, id, "GB", "Europe/London", "1 High Street");
}
