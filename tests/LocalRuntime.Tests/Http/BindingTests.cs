using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Telephony.LocalRuntime.Tests;

public sealed class BindingTests : IAsyncLifetime
{
    const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    LocalHost? host;
    HttpClient? http;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HttpClient Http => http!;

    public async ValueTask InitializeAsync() =>
        (host, http) = await TestHost.StartAsync(TestHost.Options(typeof(SampleFunctions)) with
        {
            Configure = builder => builder.Services.AddSingleton<Greeting>(),
        });

    [Theory]
    [InlineData("greet/ann?x=1", "hello ann?x=1")]
    [InlineData("greet", "hello nobody")]
    [InlineData("half/7", "GET 3")]
    [InlineData($"typed/{Id}/5000000000/true/4", $"GET {Id} 5000000000 True 4")]
    [InlineData($"typed/{Id}/1/false", $"GET {Id} 1 False none")]
    public async Task Route_values_are_bound_by_name(string path, string answer) =>
        Assert.Equal(answer, await Http.GetStringAsync(new Uri($"api/{path}", UriKind.Relative), Ct));

    [Theory]
    [InlineData("GET", "api/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "greet/ann", HttpStatusCode.NotFound)]
    [InlineData("GET", "api/half/seven", HttpStatusCode.NotFound)]
    [InlineData("POST", "api/half/7", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "api/store", HttpStatusCode.MethodNotAllowed)]
    public async Task What_no_route_takes_is_refused(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Equal(status, (await Http.SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_body_is_read_as_json_with_the_webs_names()
    {
        var answer = await Http.PostAsJsonAsync("api/Store", new { weight = 12 }, Ct);

        Assert.Equal("POST 12", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("""{ "weight": 12 }""", "text/plain")]
    public async Task A_body_that_cannot_be_read_is_a_fault_as_it_is_in_the_worker(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);

        Assert.Equal(HttpStatusCode.InternalServerError, (await Http.PostAsync("api/store", content, Ct)).StatusCode);
    }

    [Fact]
    public async Task An_exception_is_500_without_a_word()
    {
        var answer = await Http.GetAsync("api/fail", Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Ct));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task An_exception_after_the_first_byte_breaks_the_answer_off() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetStringAsync("api/faillate", Ct));

    [Fact]
    public async Task The_context_says_what_the_workers_says()
    {
        var context = await Http.GetFromJsonAsync<JsonElement>("api/describe/lamp", Ct);

        Assert.Equal("Describe", context.GetProperty("name").GetString());
        Assert.Equal($"{typeof(SampleFunctions).FullName}.Describe", context.GetProperty("entryPoint").GetString());
        Assert.Equal("Telephony.LocalRuntime.Tests.dll", context.GetProperty("file").GetString());
        Assert.Equal("""["request","context","ct"]""", context.GetProperty("parameters").GetRawText());
        Assert.Equal("httpTrigger", context.GetProperty("trigger").GetString());
        Assert.Equal("lamp", context.GetProperty("thing").GetString());
        Assert.All(
            ["sameHttp", "sameServices", "sameToken"], name => Assert.True(context.GetProperty(name).GetBoolean()));
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
    }
}
