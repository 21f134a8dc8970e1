using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telephony.LocalRuntime.DevIssuer;
using Telephony.LocalRuntime.Durable;
using Telephony.LocalRuntime.Http;
using Telephony.LocalRuntime.Invocation;
using Telephony.LocalRuntime.Samples;
using Telephony.LocalRuntime.ServiceBus;
using Telephony.LocalRuntime.Timers;

namespace Telephony.LocalRuntime;

/// <summary>Puts the local host together: the app adds its part, then all is checked and built.</summary>
sealed class LocalHostBuilder : IFunctionsWorkerApplicationBuilder
{
    readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    readonly LocalHostOptions options;
    readonly string root;
    Uri? baseAddress;
    LocalServiceBus? bus;

    public LocalHostBuilder(LocalHostOptions options)
    {
        this.options = options;
        root = options.Directory ?? LocalSettings.FindRoot(Directory.GetCurrentDirectory());
        Web = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = options.Functions.GetName().Name,
            Args = [.. options.Args.Where(argument => argument != SampleRequests.Flag)],
            ContentRootPath = root,
            EnvironmentName = options.Environment
                ?? Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
                ?? Environments.Development,
        });
        LocalSettings.Layer(Web.Configuration, root, options);
        Web.Logging.AddSimpleConsole(console => console.SingleLine = true);
    }

    public WebApplicationBuilder Web { get; }

    public IServiceCollection Services => Web.Services;

    /// <summary>Known from the moment of the build.</summary>
    public Uri BaseAddress => baseAddress ?? throw new InvalidOperationException("The host is not built yet.");

    /// <summary>Null when nothing needs one.</summary>
    public LocalServiceBus? ServiceBus => bus;

    /// <summary>For a program whose own assembly has the functions.</summary>
    public static LocalHostBuilder ForEntryAssembly(string[] args) =>
        new(new LocalHostOptions { Functions = Assembly.GetEntryAssembly()!, Configure = _ => { }, Args = args });

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>Blocks while Azurite starts, because the SDK's builder is not asynchronous.</summary>
    public WebApplication Build() => BuildAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="InvalidOperationException">The app or the machine is not fit; the message says why.</exception>
    public async Task<WebApplication> BuildAsync(CancellationToken ct)
    {
        var functions = FunctionCatalog.Load(
            options.Types ?? options.Functions.GetTypes(), LocalSettings.RoutePrefix(root), Web.Configuration);
        var listener = new LoopbackListener(Web.Configuration, options.Port);
        LocalStorage? storage = null;
        try
        {
            baseAddress = listener.Address;
            var issuer = TokenIssuer.For(Web.Configuration, root, listener);
            bus = LocalServiceBus.Create(Web.Configuration, Services, Addresses(functions), root);
            storage = await LocalStorage.StartAsync(Web.Configuration, root, ct);
            listener.Serve(Web.WebHost);
            var pipeline = Pipeline();
            AddServices(functions, storage, pipeline);

            var app = Web.Build();
            Map(app, functions, pipeline, issuer);
            return app;
        }
        catch
        {
            listener.Dispose();
            bus?.Dispose();
            if (storage is not null)
                await storage.DisposeAsync();
            throw;
        }
    }

    void AddServices(
        ImmutableArray<LocalFunction> functions, LocalStorage storage, FunctionExecutionDelegate pipeline)
    {
        Services.AddSingleton(_ => storage);
        Services.AddSingleton<IDurableFunctions>(services => new DurableFunctions(
            functions, pipeline, services.GetRequiredService<IServiceScopeFactory>()));
        if (functions.Any(NeedsDurable))
        {
            Services.AddLocalDurable(
                storage.ConnectionStringOf("AzureWebJobsStorage"),
                Web.Configuration.GetSection("LocalRuntime:Durable").Get<DurableOptions>());
        }

        bus?.AddTo(
            Services,
            LocalSettings.CallsMax(root),
            scopes => QueueFunctions.Of(functions, LocalSettings.AutoCompletes(root), pipeline, scopes));

        // After the engine, so that they stop before it: a function that ends may still use its client.
        if (functions.Any(function => function.Trigger is Trigger.Timer))
        {
            Services.AddLocalTimers(
                storage.ConnectionStringOf("AzureWebJobsStorage"),
                Web.Configuration.GetSection("LocalRuntime:Timers").Get<TimerOptions>(),
                scopes => TimerFunctions.Of(functions, pipeline, scopes));
        }

        if (options.Args.Contains(SampleRequests.Flag))
            Services.AddHostedService(services => new SampleRequests(
                BaseAddress,
                Path.Combine(root, Web.Configuration["LocalRuntime:Samples"] ?? "samples/requests.json"),
                services.GetRequiredService<IHostApplicationLifetime>(),
                services.GetRequiredService<ILoggerFactory>().CreateLogger("Telephony.LocalRuntime")));
    }

    static Dictionary<string, string> Addresses(ImmutableArray<LocalFunction> functions) => functions
        .Where(function => function.Trigger is Trigger.Message)
        .ToDictionary(function => function.Name, function => ((Trigger.Message)function.Trigger).Address);

    static bool NeedsDurable(LocalFunction function) =>
        function.Trigger is Trigger.Orchestration or Trigger.Activity || function.NeedsDurableClient;

    /// <summary>The first middleware added is the outermost.</summary>
    FunctionExecutionDelegate Pipeline()
    {
        FunctionExecutionDelegate last = context => context is LocalFunctionContext local
            ? local.Function.InvokeAsync(local)
            : throw new InvalidOperationException("A middleware passed on another context than it was given.");
        return Enumerable.Reverse(middleware).Aggregate(last, (next, outer) => outer(next));
    }

    void Map(
        WebApplication app,
        ImmutableArray<LocalFunction> functions,
        FunctionExecutionDelegate pipeline,
        TokenIssuer? issuer)
    {
        // The first service made is the last one disposed: whatever stops before it may still use the tables.
        var storage = app.Services.GetRequiredService<LocalStorage>();
        _ = app.Services.GetService<LocalServiceBus>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Telephony.LocalRuntime");
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        new HttpFunctions(pipeline, logger).Map(app, functions);
        issuer?.Map(app);
        ApiPage.Map(app, functions);
        lifetime.ApplicationStarted.Register(() => Announce(logger, functions, storage, issuer));
    }

    void Announce(
        ILogger logger, ImmutableArray<LocalFunction> functions, LocalStorage storage, TokenIssuer? issuer)
    {
        foreach (var function in functions)
            if (function.Trigger is Trigger.Http http)
                Log.Route(logger, http.Verbs, $"/{http.Route.RawText}", function.Name);
            else if (function.Trigger is Trigger.Timer timer)
                Log.Scheduled(logger, timer.BindingType, timer.Schedule.ToString(), function.Name);
            else if (function.Trigger is Trigger.Message message)
                Log.Receiving(logger, message.BindingType, message.Address, function.Name);
            else
                Log.Triggered(logger, function.Trigger.BindingType, function.Name);

        storage.Announce(logger);
        bus?.Announce(logger);
        issuer?.Announce(logger);
        if (ApiPage.DescriptionOf(functions) is not null)
            Log.ApiPage(logger, new Uri(BaseAddress, ApiPage.Path));
        Log.Listening(logger, BaseAddress);
    }
}
