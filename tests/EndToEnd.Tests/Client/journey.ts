// What a portal does, through a client whose types were made from the API's description: a member, a parameter or a code
// that is not described does not compile. Prints what it saw; the test that runs it looks at that.
import createClient from "openapi-fetch";
import type { paths } from "./generated/api.js";

const [address, token, site, account] = process.argv.slice(2) as [string, string, string, string];
const pollsMax = 600;
const pagesMax = 20;

// Lists can be had as CSV, too; this client reads JSON.
const api = createClient<paths, "application/json" | "application/problem+json">({
  baseUrl: `${address}api`,
  headers: { Authorization: `Bearer ${token}` },
});

const allocate = (key: string, from: string, to: string) =>
  api.POST("/v1/sites/{site}/allocations", {
    params: { path: { site }, header: { "Idempotency-Key": key } },
    body: { account, range: { from, to } },
  });

async function ended(operation: string) {
  for (let poll = 0; poll < pollsMax; poll++) {
    const { data, error } = await api.GET("/v1/operations/{operation}", { params: { path: { operation } } });
    if (error) throw new Error(error.detail);
    if (data.endedAt) return data;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`${operation} has not ended after ${pollsMax} looks.`);
}

async function listed() {
  const numbers: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const { data, error } = await api.GET("/v1/sites/{site}/accounts/{account}/numbers", {
      params: { path: { site, account }, query: { top: 2, state: "Reserved", ...(after ? { after } : {}) } },
    });
    if (error) throw new Error(error.detail);
    numbers.push(...data.items.map(item => item.number));
    if (!data.next) return { numbers, pages: page + 1 };
    after = data.next;
  }
  throw new Error(`The list has not ended after ${pagesMax} pages.`);
}

const first = await allocate("journey-range", "+442079460000", "+442079460002");
const repeat = await allocate("journey-range", "+442079460000", "+442079460002");

const service = await api.PUT("/v1/sites/{site}/accounts/{account}/voice-services/{service}", {
  params: {
    path: { site, account, service: "phones" },
    header: { "Idempotency-Key": "journey-service", "If-None-Match": "*" },
  },
  body: { code: "voice", quantity: 5 },
});
if (!service.data) throw new Error(service.error.detail);
const operation = await ended(service.data.id);

const refused = await allocate("journey-refused", "+442079469990", "+442079469990");
if (!refused.error) throw new Error("A number that is not there was allocated.");

console.log(JSON.stringify({
  first: first.data?.id,
  repeat: repeat.data?.id,
  count: first.data?.numberCount,
  state: operation.state,
  ...(await listed()),
  code: refused.error.code,
  error: refused.error.errors[0]?.code,
}));
