using Azure;
using Azure.Data.Tables;
using Telephony.Domain.Access;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Http;

/// <summary>What a caller sees of our faults: enough to repeat or report, nothing of our insides.</summary>
public sealed class FaultTests(AzuriteFixture azurite)
{
    const string Secret = "the connection string of the table";

    public static TheoryData<string, int, string> Faults => new()
    {
        { "io", 503, "storage-unavailable" },
        { "timeout", 503, "storage-unavailable" },
        { "server busy", 503, "storage-unavailable" },
        { "gave up", 503, "storage-unavailable" },
        { "denied", 500, "internal-error" },
        { "bug", 500, "internal-error" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_answered_as_a_problem_that_tells_nothing_and_the_app_lives_on(
        string fault, int status, string code)
    {
        var table = new BrokenTable(Make(fault));
        await using var app = await TestApp.StartAsync(azurite, _ => table);

        var answer = await app.SendAsync(HttpMethod.Get, "sites/london", app.Token(Role.Platform), request =>
            request.Headers.Add("X-Correlation-Id", "my-request"));

        answer.IsProblem(status, code);
        Assert.Equal("my-request", answer.Headers["X-Correlation-Id"]);
        Assert.Equal(status == 503, answer.Headers.ContainsKey("Retry-After"));
        Assert.DoesNotContain(Secret, answer.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, table.Calls);
        Assert.Equal(200, (await app.GetAsync("health", null)).Status);
    }

    [Fact]
    public async Task When_the_issuer_is_down_callers_are_told_to_come_again_and_it_is_no_fault_of_theirs()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Issuer.IsDown = true;

        var answer = await app.GetAsync("sites/london", app.Token(Role.Platform));
        answer.IsProblem(503, "identity-unavailable");
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    static Exception Make(string fault) => fault switch
    {
        "io" => new IOException(Secret),
        "timeout" => new TaskCanceledException(Secret, new TimeoutException()),
        "server busy" => new RequestFailedException(503, Secret),
        "gave up" => new AggregateException(Secret, new RequestFailedException(0, Secret), new IOException(Secret)),
        "denied" => new RequestFailedException(403, Secret),
        _ => new InvalidOperationException(Secret),
    };

    sealed class BrokenTable(Exception fault) : ITable
    {
        public int Calls { get; private set; }

        public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
        {
            Calls++;
            return Task.FromException<TableEntity?>(fault);
        }

        public IAsyncEnumerable<TableEntity> RangeAsync(
            string partition, string from, string to, int pageSize, CancellationToken ct) => throw fault;

        public Task<CommitResult> CommitAsync(
            string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
            throw fault;
    }
}
