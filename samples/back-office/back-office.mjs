// What a back office says to Telephony over its queue, and hears from it over its topic. Run it without arguments for help.
import { randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';

const local = 'Endpoint=sb://127.0.0.1;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;';
const queue = 'telephony-activations';
const [topic, subscription] = ['telephony-events', process.env.SUBSCRIPTION ?? 'sample'];

const help = `node back-office.mjs nominate <site> <number>...
node back-office.mjs activate <site> <account> <number>
node back-office.mjs fail <site> <number> <reason>
node back-office.mjs listen [seconds]

A repeat is harmless when it has the same id: set COMMAND_ID to send a command again.
SERVICE_BUS is the connection string; unset, the Service Bus that runs with the app on this machine.`;

const commands = {
  nominate: (site, ...numbers) => ({ type: 'NominateMain', site, numbers }),
  activate: (site, account, number) => ({ type: 'ActivateMain', site, account, number }),
  fail: (site, number, ...reason) => ({ type: 'ActivationFailed', site, number, reason: reason.join(' ') }),
};

async function send(bus, command) {
  // The id comes from whoever decided, so that sending the same decision again changes nothing.
  const commandId = process.env.COMMAND_ID ?? randomUUID();
  const sender = bus.createSender(queue);
  await sender.sendMessages({
    messageId: commandId,
    contentType: 'application/json',
    body: { ...command, version: 1, commandId, by: 'back-office-sample' },
  });
  console.log(`sent ${command.type} as ${commandId}`);
}

async function listen(bus, seconds) {
  // What is known of each number: events come at least once and in no order, so an older version is dropped.
  const versions = new Map();
  const receiver = bus.createReceiver(topic, subscription);
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    for (const message of await receiver.receiveMessages(20, { maxWaitTimeInMs: Math.max(1, until - Date.now()) })) {
      const { type, data } = message.body;
      // A reminder and the word of a site's schedule have no versions: nothing has become of a number.
      if (!data.numbers) console.log(`${type} ${data.number ?? data.site}`);
      const news = (data.numbers ?? []).filter(({ number, version }) => version > (versions.get(number) ?? 0));
      for (const { number, version } of news) versions.set(number, version);
      if (news.length > 0) {
        const others = news.length > 1 ? ` and ${news.length - 1} more` : '';
        console.log(`${type} ${news[0].number}${others} ${data.account ?? ''}`.trimEnd());
      }
      await receiver.completeMessage(message);
    }
  }
}

const [what, ...rest] = process.argv.slice(2);
if (what !== 'listen' && (!commands[what] || rest.length < 2)) {
  console.error(help);
  process.exit(2);
}

const bus = new ServiceBusClient(process.env.SERVICE_BUS ?? local);
try {
  if (what === 'listen') await listen(bus, Number(rest[0] ?? 10));
  else await send(bus, commands[what](...rest));
} finally {
  await bus.close();
}
