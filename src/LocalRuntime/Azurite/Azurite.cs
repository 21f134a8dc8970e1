using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Telephony.LocalRuntime;

/// <summary>
/// Azurite's table service in a process of its own, which lives as long as ours: it watches its standard input, and
/// saves and leaves when that ends. So nothing that it answered is lost, not even when our process is killed.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    const string Listening = "listening ";
    const string Waiting = "waiting";
    static readonly TimeSpan StopWaitMax = TimeSpan.FromSeconds(15);

    readonly Process process;

    Azurite(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    /// <summary>The port of the table service on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>This table service, with the storage emulator's well-known account and key: no secret.</summary>
    public string ConnectionString =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"TableEndpoint=http://127.0.0.1:{Port}/devstoreaccount1;";

    /// <summary>Answers when the service takes requests.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message says what to do.</exception>
    public static async Task<Azurite> StartAsync(AzuriteOptions options, CancellationToken ct)
    {
        var process = Launch(options);
        try
        {
            var errors = new StringBuilder();
            process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
            process.BeginErrorReadLine();
            var port = await ReadPortAsync(process, errors, options, ct);
            // Nobody reads what else it may say, and a full pipe would stop it.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Azurite(process, port);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Has Azurite save and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopWaitMax);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    /// <summary>Ends the service as a crash would: what it has not saved is lost.</summary>
    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static Process Launch(AzuriteOptions options)
    {
        var directory = typeof(Azurite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "AzuriteDirectory").Value!;
        var wait = ((long)options.PredecessorWaitMax.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var port = options.Port.ToString(CultureInfo.InvariantCulture);
        var launcher = Path.Combine(directory, "azurite.mjs");
        var start = new ProcessStartInfo("node", [launcher, "--port", port, "--wait", wait])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.DataDirectory is { } data)
        {
            start.ArgumentList.Add("--location");
            start.ArgumentList.Add(Path.GetFullPath(data));
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                "Azurite needs Node.js 22 or later. Install it from nodejs.org and put it on the PATH, "
                    + "or name a storage account in the settings AzureWebJobsStorage and TelephonyStorage.",
                e);
        }
    }

    static async Task<int> ReadPortAsync(
        Process process, StringBuilder errors, AzuriteOptions options, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.StartWaitMax);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
                if (line == Waiting)
                    options.PredecessorMet();
                else if (line.StartsWith(Listening, StringComparison.Ordinal))
                    return int.Parse(line.AsSpan(Listening.Length), CultureInfo.InvariantCulture);

            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Append(errors, $"No answer within {options.StartWaitMax.TotalSeconds:0} s.");
        }

        lock (errors)
            throw new InvalidOperationException($"Azurite did not start. {errors}".TrimEnd());
    }

    static void Append(StringBuilder errors, string? line)
    {
        lock (errors)
            errors.AppendLine(line);
    }
}
