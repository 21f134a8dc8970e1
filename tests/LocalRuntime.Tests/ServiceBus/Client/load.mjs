// "work": sends and completes without end, and prints what the bus has acknowledged, until it is gone.
// "drain": receives all that is there, and prints it.
import { ServiceBusClient } from "@azure/service-bus";

const [connectionString, queue, task] = process.argv.slice(2);
const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 4000 } });
const say = (word, id) => process.stdout.write(`${word} ${id}\n`);

const tasks = {
  async work() {
    const sender = client.createSender(queue);
    const receiver = client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });
    const send = async (lane) => {
      for (let i = 0; ; i++) {
        await sender.sendMessages({ body: i, messageId: `${lane}-${i}` });
        say("sent", `${lane}-${i}`);
      }
    };
    const complete = async () => {
      for (;;)
        for (const message of await receiver.receiveMessages(5, { maxWaitTimeInMs: 1000 })) {
          say("completing", message.messageId);
          await receiver.completeMessage(message);
          say("completed", message.messageId);
        }
    };
    await Promise.race([send("a"), send("b"), send("c"), complete()]);
  },
  async drain() {
    const receiver = client.createReceiver(queue, { receiveMode: "receiveAndDelete" });
    for (let messages; (messages = await receiver.receiveMessages(500, { maxWaitTimeInMs: 500 })).length > 0;)
      messages.forEach(({ messageId }) => say("left", messageId));
  },
};
await tasks[task]().catch(() => {});
process.exit(0);
