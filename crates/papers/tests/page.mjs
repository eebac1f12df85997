// Compares verify.html in Chromium with the command, over the corpus that `cargo run -p papers --example tampered -- DIR`
// wrote. Usage: node crates/papers/tests/page.mjs DIR [chromedriver]. Exit code 1 when a verdict differs.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const driver = spawn(process.argv[3] ?? "chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
const port = await new Promise((found, failed) => {
  let said = "";
  driver.stdout.on("data", (piece) => {
    said += piece;
    const match = /successfully on port (\d+)/.exec(said);
    if (match) found(match[1]);
  });
  driver.on("exit", () => failed(new Error("chromedriver ended early")));
});
const call = async (method, path, body) => {
  const options = { method, body: body && JSON.stringify(body) };
  const answer = await (await fetch(`http://127.0.0.1:${port}${path}`, options)).json();
  if (answer.value?.error) throw new Error(`${path}: ${answer.value.message}`);
  return answer.value;
};
const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
const capabilities = { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args } } };
const { sessionId } = await call("POST", "/session", { capabilities });
const session = `/session/${sessionId}`;
const run = (script) => call("POST", `${session}/execute/sync`, { script, args: [] });

let differing = 0;
const cases = readdirSync(folder).filter((name) => name.endsWith(".zip"));
try {
  await call("POST", `${session}/url`, { url: pathToFileURL(resolve(folder, "verify.html")).href });
  const input = await call("POST", `${session}/element`, { using: "css selector", value: "input[type=file]" });
  for (const name of cases) {
    const begun = performance.now();
    await run("delete document.body.dataset.verdict; document.querySelector('input').value = ''");
    const path = `${session}/element/${Object.values(input)[0]}/value`;
    await call("POST", path, { text: resolve(folder, name) });
    let verdict = null;
    for (let turn = 0; turn < 1200 && !verdict; turn++) {
      verdict = await run("return document.body.dataset.verdict ?? null");
      if (!verdict) await new Promise((later) => setTimeout(later, 25));
    }
    const page = JSON.parse(await run("return document.getElementById('json').textContent"));
    const command = JSON.parse(readFileSync(resolve(folder, name.replace(/zip$/, "json")), "utf8"));
    const lines = (of) => JSON.stringify(of.checks.map(({ file, outcome, because }) => [file, outcome, because ?? null]));
    const same = verdict === command.verdict && lines(page) === lines(command) &&
      (command.signer === undefined || page.signer === command.signer);
    if (!same) {
      differing++;
      const only = (a, b) => a.checks.filter((x) => !b.checks.some((y) => JSON.stringify(x) === JSON.stringify(y)));
      console.log(`DIFFERS ${name}: page ${verdict}, command ${command.verdict}`, only(page, command), only(command, page));
    }
    if (process.env.SHOW_TIMES) console.log(name, Math.round(performance.now() - begun), "ms");
  }
} finally {
  await call("DELETE", session).catch(() => {});
  driver.kill();
}
console.log(`${cases.length} bundles, ${differing} with differing verdicts`);
process.exitCode = differing ? 1 : 0;
