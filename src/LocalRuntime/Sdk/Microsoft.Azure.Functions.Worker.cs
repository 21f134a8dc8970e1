// Declared as in Microsoft.Azure.Functions.Worker 2.52.0, repository Azure/azure-functions-dotnet-worker, folder
// src/DotNetWorker. The builder forwards to the local host; so does Build().

using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telephony.LocalRuntime;

namespace Microsoft.Azure.Functions.Worker.Builder;

// Builder/FunctionsApplication.cs
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

// Builder/FunctionsApplicationBuilder.cs
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    readonly LocalHostBuilder local;

    internal FunctionsApplicationBuilder(string[]? args) => local = LocalHostBuilder.ForEntryAssembly(args ?? []);

    public IDictionary<object, object> Properties => Host.Properties;

    public ConfigurationManager Configuration => local.Web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public IHostEnvironment Environment => local.Web.Environment;

    public ILoggingBuilder Logging => local.Web.Logging;

    public IMetricsBuilder Metrics => local.Web.Metrics;

    public IServiceCollection Services => local.Services;

    IHostApplicationBuilder Host => local.Web;

    public IHost Build() => local.Build();

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => Host.ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(
        Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => local.Use(middleware);
}
