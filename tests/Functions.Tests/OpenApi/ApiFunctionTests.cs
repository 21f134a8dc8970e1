using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Functions.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>An HTTP function that does not say what it takes and answers does not start.</summary>
public sealed class ApiFunctionTests
{
    [Fact]
    public void Every_function_is_described() =>
        Assert.NotEmpty(ApiFunction.In(typeof(TelephonyApp).Assembly.GetTypes()));

    [Theory]
    [InlineData(typeof(WithoutSummary), "[Summary(")]
    [InlineData(typeof(WithoutAnswer), "[Answers(")]
    [InlineData(typeof(WithoutBody), "[Takes(")]
    public void What_is_missing_is_named(Type function, string missing)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => ApiFunction.In([function]));
        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Fixture", refused.Message, StringComparison.Ordinal);
    }

    static class WithoutSummary
    {
        [Function("Fixture"), Open]
        [Answers(204)]
        public static IResult Run([HttpTrigger("get", Route = "v1/fixture")] HttpRequest request) =>
            Results.Text(request.Path);
    }

    static class WithoutAnswer
    {
        [Function("Fixture"), Open]
        [Summary("Do nothing")]
        public static IResult Run([HttpTrigger("get", Route = "v1/fixture")] HttpRequest request) =>
            Results.Text(request.Path);
    }

    static class WithoutBody
    {
        [Function("Fixture"), Open]
        [Summary("Do nothing")]
        [Answers(204)]
        public static IResult Run([HttpTrigger("post", Route = "v1/fixture")] HttpRequest request) =>
            Results.Text(request.Path);
    }
}
