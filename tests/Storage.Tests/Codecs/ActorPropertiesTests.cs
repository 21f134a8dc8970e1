using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class ActorPropertiesTests
{
    [Fact]
    public void Who_asked_is_read_as_it_was_written()
    {
        foreach (var actor in new[]
        {
            Actor.System, new("olga", Role.OperatorAdmin, null),
            new("paula", Role.Platform, Id<Operator>.Parse("acme")),
        })
        {
            var row = new TableEntity("site", "row");
            ActorProperties.Write(row, actor);
            Assert.Equal(actor, ActorProperties.Read(row));
        }
    }
}
