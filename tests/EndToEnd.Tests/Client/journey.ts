// What a portal does, through a client whose types were made from the API's description: a member, a parameter or a code
// that is not described does not compile. Prints what it saw; the test that runs it looks at that.
import createClient from "openapi-fetch";
import type { paths } from "./generated/api.js";

const [address, token, platform, site, account] = process.argv.slice(2) as [string, string, string, string, string];
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
      params: { path: { site, account }, query: { top: 2, role: "Direct", ...(after ? { after } : {}) } },
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

// By count: what a preview shows is what is given, though rules that have nothing to do with it change in between.
const wish = { account, count: 2 };
const path = { site };
const shown = await api.POST("/v1/sites/{site}/allocations/preview", { params: { path }, body: wish });
if (!shown.data) throw new Error(shown.error.detail);

const rules = await api.GET("/v1/sites/{site}/rules", { params: { path } });
if (!rules.data) throw new Error(rules.error.detail);
const { version, effectiveFrom, scheduled, ...kept } = rules.data;
const etag = rules.response.headers.get("ETag");
const written = await api.PUT("/v1/sites/{site}/rules", {
  params: { path, header: etag ? { "If-Match": etag } : { "If-None-Match": "*" } },
  headers: { Authorization: `Bearer ${platform}` },
  body: { ...kept, cooldownDays: 30, cooldownTreatment: { kind: "Forward", forwardTo: "+442079460000" } },
});
if (!written.data) throw new Error(written.error.detail);

const byCount = await api.POST("/v1/sites/{site}/allocations", {
  params: { path, header: { "Idempotency-Key": "journey-count" } },
  body: { ...wish, preview: shown.data.token },
});
if (!byCount.data) throw new Error(byCount.error.detail);
const stale = await api.POST("/v1/sites/{site}/allocations", {
  params: { path, header: { "Idempotency-Key": "journey-stale" } },
  body: { ...wish, preview: shown.data.token },
});
if (!stale.error) throw new Error("What was shown was given twice.");

const refused = await allocate("journey-refused", "+442079469990", "+442079469990");
if (!refused.error) throw new Error("A number that is not there was allocated.");

console.log(JSON.stringify({
  first: first.data?.id,
  repeat: repeat.data?.id,
  count: first.data?.numberCount,
  state: operation.state,
  shown: shown.data.numbers.map(number => number.number),
  given: byCount.data.numbers?.map(number => number.number),
  stale: stale.error.code,
  rules: [version, written.data.version, written.data.cooldownTreatment?.forwardTo],
  ...(await listed()),
  code: refused.error.code,
  error: refused.error.errors[0]?.code,
}));
