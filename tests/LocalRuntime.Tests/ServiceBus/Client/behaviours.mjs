// Every behaviour by name, as Service Bus' own client sees it: prints "ok {name}", or "not ok {name}: {why}".
import assert from "node:assert/strict";
import { ServiceBusClient } from "@azure/service-bus";

const [connectionString] = process.argv.slice(2);
const retryOptions = { maxRetries: 0, timeoutInMs: 8000 };
const client = new ServiceBusClient(connectionString, { retryOptions });
const short = { maxWaitTimeInMs: 400 };
const soon = { maxWaitTimeInMs: 5000 };

/** Each behaviour has a queue of its own, so that all of them run at once. */
const on = (queue) => {
  const sender = client.createSender(queue);
  const receiver = client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });
  return {
    send: (...messages) => sender.sendMessages(messages),
    one: async (from = receiver, wait = soon) => (await from.receiveMessages(1, wait))[0],
    none: async () => assert.deepEqual(await receiver.receiveMessages(1, short), []),
    dead: client.createReceiver(queue, { subQueueType: "deadLetter" }),
    sender, receiver,
  };
};
const code = (work) => work.then(() => "done", (error) => error.code);

const behaviours = {
  async settles({ send, one, none, receiver }) {
    await send({
      body: { a: 1 }, messageId: "m1", subject: "s", contentType: "application/json", correlationId: "c",
      applicationProperties: { tenant: "t1", n: 5 },
    });
    const message = await one();
    assert.deepEqual(
      [message.messageId, message.body, message.subject, message.correlationId, message.applicationProperties.n, message.deliveryCount],
      ["m1", { a: 1 }, "s", "c", 5, 0]);
    await receiver.completeMessage(message);
    await assert.rejects(receiver.completeMessage(message), /already/);
    await none();
  },
  async abandons({ send, one, receiver }) {
    await send({ body: "x" });
    await receiver.abandonMessage(await one(), { why: "later", n: 2 });
    const again = await one();
    assert.deepEqual([again.deliveryCount, again.applicationProperties], [1, { why: "later", n: 2 }]);
    await receiver.completeMessage(again);
  },
  async deadLetters({ send, one, none, dead, receiver }) {
    await send({ body: "bad", messageId: "dl1" });
    await receiver.deadLetterMessage(
      await one(), { deadLetterReason: "Poison", deadLetterErrorDescription: "cannot parse", extra: 7 });
    await none();
    const [peeked] = await dead.peekMessages(5);
    const message = await one(dead);
    assert.deepEqual(
      [message.messageId, message.deadLetterReason, message.deadLetterErrorDescription, message.deadLetterSource,
        message.applicationProperties.extra, peeked.sequenceNumber.toString()],
      ["dl1", "Poison", "cannot parse", "deadLetters", 7, message.sequenceNumber.toString()]);
    await dead.completeMessage(message);
  },
  async wearsOut({ send, one, dead, receiver }) {
    await send({ body: "mx" });
    for (let count = 0; count < 3; count++) {
      const message = await one();
      assert.equal(message.deliveryCount, count);
      await receiver.abandonMessage(message);
    }
    assert.equal((await one(dead)).deadLetterReason, "MaxDeliveryCountExceeded");
  },
  async losesLocks({ send, one, receiver }) {
    await send({ body: "e" });
    const message = await one();
    const again = await one();
    assert.equal(again.deliveryCount, 1);
    assert.equal(await code(receiver.completeMessage(message)), "MessageLockLost");
    await receiver.completeMessage(again);
  },
  async renewsLocks({ send, one, receiver }) {
    await send({ body: "r" });
    const message = await one();
    const until = message.lockedUntilUtc;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(await receiver.renewMessageLock(message) > until);
    await receiver.completeMessage(message);
    assert.equal(await code(receiver.renewMessageLock(message)), "MessageLockLost");
  },
  async keepsLocksOfClosed({ send, one }) {
    await send({ body: "k" });
    const other = client.createReceiver("keepsLocksOfClosed");
    const { lockedUntilUtc } = await one(other);
    await other.close();
    assert.equal((await one()).deliveryCount, 1);
    assert.ok(new Date() >= lockedUntilUtc);
  },
  async schedules({ send, one, none, sender, receiver }) {
    // Far enough that a busy machine gets to the cancellation before it is due.
    const at = new Date(Date.now() + 3000);
    const [never] = await sender.scheduleMessages([{ body: "never" }], at);
    await sender.cancelScheduledMessages(never);
    await sender.scheduleMessages([{ body: "later" }], at);
    await send({ body: "too", scheduledEnqueueTimeUtc: at });
    const due = [await one(), await one()];
    assert.deepEqual(due.map(({ body, enqueuedTimeUtc }) => [body, enqueuedTimeUtc >= at]), [["later", true], ["too", true]]);
    await none();
  },
  async peeks({ send, receiver }) {
    await send({ body: "p1" }, { body: "p2" }, { body: "p3" });
    const [first, second] = await receiver.peekMessages(2);
    const [third] = await receiver.peekMessages(5, { fromSequenceNumber: second.sequenceNumber.add(1) });
    assert.deepEqual([first.body, second.body, third.body], ["p1", "p2", "p3"]);
  },
  async knowsDuplicates({ send, one, none, receiver }) {
    await send({ body: 1, messageId: "same" });
    await send({ body: 2, messageId: "same" });
    const message = await one();
    assert.equal(message.body, 1);
    await receiver.completeMessage(message);
    await send({ body: 3, messageId: "same" });
    await none();
  },
  async takesBatches({ receiver, sender }) {
    const batch = await sender.createMessageBatch();
    while (batch.tryAddMessage({ body: "b".repeat(2000) }));
    await sender.sendMessages(batch);
    const got = new Set();
    while (got.size < batch.count)
      for (const message of await receiver.receiveMessages(50, soon)) {
        got.add(message.messageId);
        await receiver.completeMessage(message);
      }
    assert.ok(batch.count > 100 && batch.maxSizeInBytes === 256 * 1024);
  },
  async refusesLarge({ send, none }) {
    assert.equal(await code(send({ body: "z".repeat(300_000) })), "MessageSizeExceeded");
    await none();
  },
  async receivesAndDeletes({ send, one, none }) {
    await send({ body: "rd" });
    const taker = client.createReceiver("receivesAndDeletes", { receiveMode: "receiveAndDelete" });
    assert.equal((await one(taker)).body, "rd");
    await taker.close();
    await none();
  },
  async expires({ send, one, none, dead }) {
    await send({ body: "ttl", timeToLive: 300 });
    assert.equal((await one(dead)).deadLetterReason, "TTLExpiredException");
    await none();
  },
  async streams({ send, none, receiver }) {
    await send(...Array.from({ length: 100 }, (_, i) => ({ body: i })));
    const seen = new Set();
    await new Promise((resolve, reject) => receiver.subscribe({
      processMessage: async ({ body }) => { if (seen.add(body).size === 100) resolve(); },
      processError: async ({ error }) => reject(error),
    }, { maxConcurrentCalls: 10 }));
  },
  async refusesByName({ send, one, receiver }) {
    assert.equal(await code(client.createSender("nowhere").sendMessages({ body: 1 })), "MessagingEntityNotFound");
    assert.equal(await code(client.acceptSession("refusesByName", "s")).then((refused) => refused === "done"), false);
    await send({ body: "d" });
    const message = await one();
    await assert.rejects(receiver.deferMessage(message), /does not defer/);
    const other = new ServiceBusClient(connectionString.replace(/SharedAccessKey=[^;]+/, "SharedAccessKey=d3Jvbmc="), { retryOptions });
    assert.equal(await code(other.createSender("refusesByName").sendMessages({ body: 1 })), "UnauthorizedAccess");
    await other.close();
  },
  async copiesToSubscriptions() {
    await client.createSender("news").sendMessages({ body: "n", messageId: "n1" });
    for (const subscription of ["a", "b"]) {
      const receiver = client.createReceiver("news", subscription);
      const [message] = await receiver.receiveMessages(1, soon);
      assert.deepEqual([message.body, message.messageId], ["n", "n1"]);
      await receiver.completeMessage(message);
    }
  },
  async connects() {
    await Promise.all(Array.from({ length: 30 }, async (_, i) => {
      const other = new ServiceBusClient(connectionString, { retryOptions });
      await other.createSender("connects").sendMessages({ body: i });
      await other.close();
    }));
    assert.equal((await client.createReceiver("connects").peekMessages(50)).length, 30);
  },
};

await Promise.all(Object.entries(behaviours).map(([name, behaviour]) => behaviour(on(name)).then(
  () => console.log(`ok ${name}`),
  (error) => console.log(`not ok ${name}: ${error.code ?? ""} ${error.message.replaceAll("\n", " ")}`))));
await client.close();
