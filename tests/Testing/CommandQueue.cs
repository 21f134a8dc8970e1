using System.Globalization;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Telephony.Testing;

/// <summary>A command as the back office sends it.</summary>
/// <param name="Message">The message's id: the queue takes two of one id for one.</param>
/// <param name="Body">The message's text.</param>
public sealed record SentCommand(string Message, string Body);

/// <summary>The queue of commands of an app that runs, over AMQP; the connection breaks when the app dies.</summary>
public sealed class CommandQueue : IAsyncDisposable
{
    const string Name = "telephony-activations";
    const string Management = Name + "/$management";
    const string Answers = "answers";
    const int NothingThere = 204;

    static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    readonly Connection connection;
    readonly Session session;

    CommandQueue(Connection connection) => (this.connection, session) = (connection, new(connection));

    public static async Task<CommandQueue> ConnectAsync(int port) => new(await new ConnectionFactory().CreateAsync(
        new Address("127.0.0.1", port, "RootManageSharedAccessKey", "SAS_KEY_VALUE", "/", "amqp")));

    /// <summary>What sends a command, and answers when the queue has acknowledged it.</summary>
    public async Task<Func<SentCommand, Task>> SenderAsync()
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new SenderLink(
            session, $"{Guid.NewGuid()}", new Attach { Target = new Target { Address = Name }, Source = new Source() },
            (_, _) => attached.TrySetResult());
        await attached.Task.WaitAsync(AnswerMax);
        return command => link.SendAsync(
            new Message
            {
                BodySection = new Data { Binary = Encoding.UTF8.GetBytes(command.Body) },
                Properties = new Properties { MessageId = command.Message },
            }, AnswerMax);
    }

    /// <summary>Whether nothing is there, in nobody's hands either.</summary>
    public async Task<bool> IsEmptyAsync()
    {
        var asking = new SenderLink(session, $"{Guid.NewGuid()}", Management);
        var answers = new ReceiverLink(
            session, $"{Guid.NewGuid()}",
            new Attach { Source = new Source { Address = Management }, Target = new Target { Address = Answers } },
            null);
        await asking.SendAsync(
            new Message(new Map { ["from-sequence-number"] = 0L, ["message-count"] = 1 })
            {
                Properties = new Properties { MessageId = "peek", ReplyTo = Answers },
                ApplicationProperties = new() { ["operation"] = "com.microsoft:peek-message" },
            }, AnswerMax);
        using var answer = await answers.ReceiveAsync(AnswerMax);
        answers.Accept(answer);
        await asking.CloseAsync();
        await answers.CloseAsync();
        return Convert.ToInt32(answer.ApplicationProperties["statusCode"], CultureInfo.InvariantCulture)
            == NothingThere;
    }

    public async ValueTask DisposeAsync()
    {
        if (!connection.IsClosed)
            await connection.CloseAsync();
    }
}
