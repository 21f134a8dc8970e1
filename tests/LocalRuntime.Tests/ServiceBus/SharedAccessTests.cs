using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Telephony.LocalRuntime.ServiceBus;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>Which tokens open what.</summary>
public sealed class SharedAccessTests
{
    const string Queue = "sb://127.0.0.1/q";

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(Queue, Queue, "q", true)]
    [InlineData("sb://127.0.0.1/", Queue, "q", true)]
    [InlineData(Queue, Queue + "/$management", "q/$management", true)]
    [InlineData(Queue, Queue, "q/$deadletterqueue", true)]
    [InlineData("amqp://localhost:5672/Q", Queue, "q", true)]
    [InlineData(Queue, Queue, "q2", false)]
    [InlineData(Queue, "sb://127.0.0.1/q2", "q2", false)]
    [InlineData(Queue, "sb://127.0.0.1/", "q", false)]
    [InlineData(Queue + "/$management", Queue, "q", false)]
    [InlineData(Queue, "no address", "q", false)]
    public void A_token_opens_its_address_and_what_is_below(
        string resource, string audience, string address, bool isOpen)
    {
        var access = Access();
        var grant = access.Check(Token(resource), audience);

        Assert.Equal(isOpen, grant is not null && access.Allows(grant, address));
    }

    [Fact]
    public void A_token_of_another_key_name_or_time_opens_nothing()
    {
        var access = Access();

        Assert.Null(access.Check(Token(Queue, key: "other"), Queue));
        Assert.Null(access.Check(Token(Queue, name: "other"), Queue));
        Assert.Null(access.Check(Token(Queue, minutes: 0), Queue));
        Assert.Null(access.Check(Token(Queue).Replace("&se=", "&se=9", StringComparison.Ordinal), Queue));
        Assert.Null(access.Check("SharedAccessSignature sr=x", Queue));
        Assert.Null(access.Check(null, Queue));
    }

    [Fact]
    public void A_token_that_was_put_is_over_in_time()
    {
        var access = Access();
        var grant = access.Check(Token(Queue, minutes: 1), Queue)!;
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(access.Allows(grant, "q"));
    }

    SharedAccess Access() => new("name", "key", clock);

    string Token(string resource, string key = "key", string name = "name", int minutes = 5)
    {
        var (sr, se) = (Uri.EscapeDataString(resource), clock.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds());
        var signature = Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{sr}\n{se}")));
        return $"SharedAccessSignature sr={sr}&sig={Uri.EscapeDataString(signature)}&se={se}&skn={name}";
    }
}
