using System.Diagnostics;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Telephony.LocalRuntime.ServiceBus;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>How many messages pass the local Service Bus in a second, beside its queue without AMQP.</summary>
sealed class MessageTime(MessageQueue queue, int port, CancellationToken ct)
{
    const string Queue = "telephony-activations";
    const int Rounds = 9, Messages = 1_000, Credit = 100;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan RoundMax = TimeSpan.FromSeconds(60);
    static readonly byte[] Body = new byte[200];

    int sent;

    public static async Task ReportAsync(CancellationToken ct)
    {
        using var directory = new TemporaryDirectory();
        var options = new BusOptions { Port = 0 };
        using var bus = new LocalBus(options, directory.Path, TimeProvider.System);
        var listener = new BusListener(bus, options);
        await listener.StartAsync(ct);
        var rounds = new List<(double Amqp, double Core)>();
        try
        {
            var time = new MessageTime(bus.Source(Queue), listener.Port, ct);
            for (var round = 0; round <= Rounds; round++)
            {
                var measured = (await time.AmqpAsync(), time.Core());
                if (round > 0)
                    rounds.Add(measured);
            }
        }
        finally
        {
            await listener.StopAsync(CancellationToken.None);
        }

        Console.WriteLine($"{Messages} messages of {Body.Length} bytes, sent, received and completed, with the");
        Console.WriteLine("journal: by a client over AMQP, and by calls of the queue. Medians of");
        Console.WriteLine($"{Rounds} interleaved rounds.");
        var report = new Report("how", "messages in a second, median", "least", "most", "time ÷ calls of the queue");
        Add("over AMQP", round => round.Amqp);
        Add("calls of the queue", round => round.Core);
        report.Print();

        void Add(string how, Func<(double Amqp, double Core), double> of) => report.Add(
            how, Rate(rounds.Select(of).Median()), Rate(rounds.Max(of)), Rate(rounds.Min(of)),
            rounds.Select(round => of(round) / round.Core).Median().ToString("0.0", CultureInfo.InvariantCulture));
    }

    /// <summary>Seconds.</summary>
    async Task<double> AmqpAsync()
    {
        var connection = await new ConnectionFactory().CreateAsync(
            new Address("127.0.0.1", port, "RootManageSharedAccessKey", "SAS_KEY_VALUE", "/", "amqp"));
        try
        {
            var session = new Session(connection);
            var sender = new SenderLink(session, "s", Queue);
            var receiver = new ReceiverLink(session, "r", Queue);
            var (accepted, acknowledged) = (0, 0);
            var watch = Stopwatch.StartNew();
            receiver.Start(Credit, (link, message) =>
            {
                link.Accept(message);
                Interlocked.Increment(ref accepted);
            });
            for (var i = 0; i < Messages; i++)
            {
                // Acknowledged later; the link's credit holds back a sender that is too quick.
                sender.Send(
                    new Message
                    {
                        BodySection = new Data { Binary = Body },
                        Properties = new Properties { MessageId = NextId() },
                    },
                    (_, _, outcome, _) => acknowledged += outcome is Accepted ? 1 : 0, null);
            }

            while (accepted < Messages || acknowledged < Messages || queue.Count > 0)
            {
                if (watch.Elapsed > RoundMax)
                    throw new TimeoutException($"{accepted} of {Messages} messages came, {queue.Count} are left.");
                await Task.Delay(Pause, ct);
            }

            return watch.Elapsed.TotalSeconds;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    /// <summary>Seconds.</summary>
    double Core()
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Messages; i++)
        {
            queue.Send([new NewMessage(NextId(), Body)]);
            queue.Settle(queue.Take()!.Lock!.Token, new Settlement.Complete());
        }

        return watch.Elapsed.TotalSeconds;
    }

    static string Rate(double seconds) => (Messages / seconds).ToString("0", CultureInfo.InvariantCulture);

    string NextId() => string.Create(CultureInfo.InvariantCulture, $"message-{++sent}");
}
